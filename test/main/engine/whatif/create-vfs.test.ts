import { describe, expect, it } from 'vitest';
import { shortBdf } from '../../../../shared/bdf.ts';
import { isUnreadable } from '../../../../shared/fact.ts';
import type { Host, SriovCapability } from '../../../../shared/host.ts';
import { makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { groupLines, predict, refusal } from '../../../support/predict.ts';

const SRIOV: SriovCapability = {
  offset: 0x160,
  isEnabled: false,
  totalVfs: 8,
  numVfs: 0,
  firstVfOffset: 0x80,
  vfStride: 2,
  vfDeviceId: 0x10ca,
};

/** A network card with SR-IOV below a root port that leads to two buses. */
function host(
  options: {
    readonly sriov?: Partial<SriovCapability>;
    readonly portAcs?: FunctionNotation['acs'];
    readonly subordinate?: number;
    readonly more?: readonly FunctionNotation[];
  } = {},
): Host {
  const acs = 'portAcs' in options ? options.portAcs : ([0x1d, 0x1d] as const);
  const made = makeHost({
    functions: [
      { at: '00:01.0', type: 'root-port', secondary: 1, ...(acs && { acs }) },
      { at: '01:00.0', below: '00:01.0', ids: [0x8086, 0x10c9] },
      ...(options.more ?? []),
    ],
  });
  const functions = made.functions.map((fn) => {
    if (fn.config === undefined || isUnreadable(fn.config)) return fn;
    const { config } = fn;
    if (fn.bdf === '0000:01:00.0') {
      return { ...fn, config: { ...config, sriov: { ...SRIOV, ...options.sriov } } };
    }
    const bridge = config.bridge && { ...config.bridge, subordinate: options.subordinate ?? 2 };
    return { ...fn, config: { ...config, bridge } };
  });
  return { ...made, functions };
}

describe('virtual functions appear where the SR-IOV capability puts them', () => {
  it('at the offset and by the stride, each a group of its own below a port that isolates', () => {
    const { grouping, applied } = predict(host(), 'vfs=01:00.0:3');
    expect(applied[0]?.text).toBe('01:00.0 has 3 VFs: 01:10.0, 01:10.2 and 01:10.4');
    expect(groupLines(grouping.groups)).toEqual([
      '00:01.0',
      '01:00.0',
      '01:10.0 (likely)',
      '01:10.2 (likely)',
      '01:10.4 (likely)',
    ]);
  });

  it('over two buses', () => {
    const { host: after, applied } = predict(host({ sriov: { vfStride: 0x40 } }), 'vfs=01:00.0:3');
    expect(applied[0]?.text).toBe('01:00.0 has 3 VFs: 01:10.0, 01:18.0 and 02:00.0, over 2 buses');
    const last = after.functions.find(({ bdf }) => bdf === '0000:02:00.0');
    expect([last?.parent, last?.physicalFunction, last?.vendorId, last?.deviceId]).toEqual([
      '0000:00:01.0',
      '0000:01:00.0',
      0x8086,
      0x10ca,
    ]);
  });

  it('GR-4: in the group of a port that does not isolate', () => {
    const { groupChanges } = predict(host({ portAcs: undefined }), 'vfs=01:00.0:1');
    expect(groupChanges.map(({ kind, after }) => [kind, groupLines(after)])).toEqual([
      ['grows', ['00:01.0 01:00.0 01:10.0 (likely)']],
    ]);
  });

  it('says that ACS of a VF is not known', () => {
    const { suppositions, host: after } = predict(host(), 'vfs=01:00.0:1');
    expect(suppositions[0]?.text).toContain('whether they have ACS of their own is not known');
    const config = after.functions.find(({ bdf }) => bdf === '0000:01:10.0')?.config;
    expect(config && 'acs' in config && config.acs).toEqual({
      state: 'unreadable',
      errno: 'NOT_RECORDED',
    });
  });

  it('those that are there and not asked for go away', () => {
    const more = ['01:10.0', '01:10.2'].map((at) => ({
      at,
      below: '00:01.0',
      physicalFunction: '01:00.0',
    }));
    const { applied, groupChanges } = predict(host({ more }), 'vfs=01:00.0:1');
    expect(applied[0]?.text).toBe('01:00.0 has 1 VF: 01:10.0; 1 that it has now goes away');
    expect(groupChanges.map(({ kind, before }) => [kind, groupLines(before)])).toEqual([
      ['disappears', ['01:10.2']],
    ]);
    const none = predict(host({ more }), 'vfs=01:00.0:0');
    expect(none.host.functions.map(({ bdf }) => shortBdf(bdf))).toEqual(['00:01.0', '01:00.0']);
  });

  it('move with their physical function, before and after they are made', () => {
    const more: FunctionNotation[] = [
      { at: '00:02.0', type: 'root-port', secondary: 9, acs: [0x1d, 0x1d] },
    ];
    const after = (...words: string[]) =>
      predict(host({ more, subordinate: 9 }), ...words)
        .host.functions.filter(({ physicalFunction }) => physicalFunction)
        .map(({ bdf, parent }) => [bdf, parent]);
    expect(after('vfs=01:00.0:1', 'move=01:00.0:00:02.0')).toEqual([
      ['0000:09:10.0', '0000:00:02.0'],
    ]);
    expect(after('move=01:00.0:00:02.0', 'vfs=01:00.0:1')).toEqual(
      after('vfs=01:00.0:1', 'move=01:00.0:00:02.0'),
    );
  });

  it.each<readonly [string, Host, string, string]>([
    ['more than TotalVFs', host(), 'vfs=01:00.0:9', '01:00.0 cannot have 9 VFs: its TotalVFs is 8'],
    [
      'a function without SR-IOV',
      host(),
      'vfs=00:01.0:1',
      '00:01.0 is not a physical function: it has no SR-IOV capability',
    ],
    [
      'a VF',
      host({ more: [{ at: '01:10.0', below: '00:01.0', physicalFunction: '01:00.0' }] }),
      'vfs=01:10.0:1',
      '01:10.0 is not a physical function: it is a virtual function of 01:00.0',
    ],
    [
      'a bus that the port does not lead to',
      host({ sriov: { vfStride: 0x40 }, subordinate: 1 }),
      'vfs=01:00.0:3',
      'Cannot create VFs of 01:00.0: the last one would lie on bus 02, and 00:01.0 leads to buses up to 01. The kernel refuses that',
    ],
    [
      'an address that is taken',
      host({ more: [{ at: '01:10.2', below: '00:01.0' }] }),
      'vfs=01:00.0:2',
      'Cannot create VFs of 01:00.0: the address 01:10.2 is taken',
    ],
    [
      'a capability that does not say where',
      host({ sriov: { firstVfOffset: 0 } }),
      'vfs=01:00.0:1',
      'Where the VFs of 01:00.0 would appear is not known: First VF Offset is 0 and VF Stride 2',
    ],
    [
      'a capability that could not be read',
      makeHost({
        functions: [{ at: '01:00.0', config: { state: 'unreadable', errno: 'TRUNCATED' } }],
      }),
      'vfs=01:00.0:1',
      "Whether 01:00.0 has SR-IOV could not be read: read the host with root's rights",
    ],
  ])('%s is refused', (_name, refused, word, message) => {
    expect(refusal(refused, word)).toBe(`impossible-change: ${message}`);
  });
});
