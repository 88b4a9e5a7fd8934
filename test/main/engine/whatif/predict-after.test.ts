import { describe, expect, it } from 'vitest';
import type { ConfigSpace } from '../../../../shared/host.ts';
import { makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { groupLines, predict, refusal } from '../../../support/predict.ts';

const ACS = [0x1d, 0x1d] as const;
const OFF = [0x1d, 0] as const;

/** A root port with and one without ACS, each with a card of two functions. */
const TWO_PORTS: readonly FunctionNotation[] = [
  { at: '00:01.0', type: 'root-port', secondary: 1, acs: ACS },
  { at: '00:02.0', type: 'root-port', secondary: 2 },
  { at: '01:00.0', below: '00:01.0', multifunction: true },
  { at: '01:00.1', below: '00:01.0' },
  { at: '02:00.0', below: '00:02.0' },
];

function changesOf(functions: readonly FunctionNotation[], ...words: string[]) {
  const { groupChanges } = predict(makeHost({ functions }), ...words);
  return groupChanges.map(({ kind, before, after }) => [
    kind,
    groupLines(before),
    groupLines(after),
  ]);
}

describe('ACS of one function', () => {
  it('GR-15: off on a port that isolates merges its group with what lies below', () => {
    expect(changesOf(TWO_PORTS, 'acs=00:01.0:off')).toEqual([
      ['merges', ['00:01.0', '01:00.0 01:00.1'], ['00:01.0 01:00.0 01:00.1 (likely)']],
    ]);
  });

  it('GR-15: on where there is no capability supposes one, and says so', () => {
    const prediction = predict(makeHost({ functions: TWO_PORTS }), 'acs=00:02.0:on');
    expect(prediction.groupChanges.map(({ kind, after }) => [kind, groupLines(after)])).toEqual([
      ['splits', ['00:02.0 (likely)', '02:00.0 (likely)']],
    ]);
    expect(prediction.suppositions).toEqual([
      {
        text: '00:02.0 has no ACS capability: one that it does not have is supposed, with its bits on',
        about: '0000:00:02.0',
      },
    ]);
    expect(prediction.groupChanges[0]?.after[0]?.because).toEqual([
      {
        code: 'supposed',
        bdf: '0000:00:02.0',
        confidence: 'likely',
        text: '00:02.0 has no ACS capability: one that it does not have is supposed, with its bits on',
      },
    ]);
  });

  it('GR-6: on for both functions of a card takes them apart', () => {
    expect(changesOf(TWO_PORTS, 'acs=01:00.0:on', 'acs=01:00.1:on')).toEqual([
      ['splits', ['01:00.0 01:00.1'], ['01:00.0 (likely)', '01:00.1 (likely)']],
    ]);
  });

  it('GR-16: off stays off with the IOMMU off, though a kernel with it on would switch it on', () => {
    const host = makeHost({
      units: [],
      acpiTables: ['DMAR'],
      functions: TWO_PORTS.map((fn) => (fn.acs ? { ...fn, acs: OFF } : fn)),
    });
    expect(groupLines(predict(host).grouping.groups)).toContain('00:01.0');
    expect(groupLines(predict(host, 'acs=00:01.0:off').grouping.groups)).toContain(
      '00:01.0 01:00.0 01:00.1 (likely)',
    );
  });

  it('GR-12: says where the kernel has a table for the function and does not look at the bits', () => {
    const functions: FunctionNotation[] = [
      { at: '00:01.0', type: 'root-port', secondary: 1, ids: [0x8086, 0x9c10], acs: ACS },
      { at: '01:00.0', below: '00:01.0' },
    ];
    const { applied, groupChanges } = predict(makeHost({ functions }), 'acs=00:01.0:off');
    expect(groupChanges).toEqual([]);
    expect(applied.map(({ text }) => text)).toEqual([
      'ACS of 00:01.0 is off; the kernel does not go by it: the kernel switches on the isolation of this Intel PCH port in its own registers',
    ]);
  });

  it('nothing to switch off where there is none', () => {
    const { applied, groupChanges } = predict(
      makeHost({ functions: TWO_PORTS }),
      'acs=00:02.0:off',
    );
    expect([applied.map(({ text }) => text), groupChanges]).toEqual([
      ['ACS of 00:02.0 is off: it has no ACS capability, so nothing changes'],
      [],
    ]);
  });

  it('what could not be read is supposed, and never taken for absent', () => {
    const functions = TWO_PORTS.map((fn) =>
      fn.at === '00:02.0'
        ? { ...fn, acs: { state: 'unreadable', errno: 'TRUNCATED' } as const }
        : fn,
    );
    const { applied } = predict(makeHost({ functions }), 'acs=00:02.0:on');
    expect(applied.map(({ text }) => text)).toEqual([
      'Whether 00:02.0 has ACS could not be read: a capability with its bits on is supposed',
    ]);
  });

  it.each<readonly [string, Partial<FunctionNotation>, string]>([
    [
      'conventional PCI has none',
      { type: 'conventional' },
      'impossible-change: Cannot change ACS of 00:03.0: it is conventional PCI, which has no ACS',
    ],
    [
      'nothing is known of the type',
      { config: { state: 'unreadable', errno: 'EACCES' } },
      'impossible-change: Cannot change ACS of 00:03.0: its configuration space could not be read, so its type is not known',
    ],
  ])('is refused where %s', (_name, fn, message) => {
    const host = makeHost({ functions: [{ at: '00:03.0', ...fn }] });
    expect(refusal(host, 'acs=00:03.0:on')).toBe(message);
  });
});

describe('GR-14: the override', () => {
  it('downstream takes apart what lies below ports without ACS', () => {
    expect(changesOf(TWO_PORTS, 'acs-override=downstream')).toEqual([
      ['splits', ['00:02.0 02:00.0'], ['00:02.0 (likely)', '02:00.0 (likely)']],
    ]);
  });

  it('a later one takes the place of an earlier one', () => {
    expect(changesOf(TWO_PORTS, 'acs-override=downstream', 'acs-override=id:1234:5678')).toEqual(
      changesOf(TWO_PORTS, 'acs-override=id:1234:5678'),
    );
  });

  it('multifunction takes the functions of a card apart', () => {
    expect(changesOf(TWO_PORTS, 'acs-override=multifunction')).toEqual([
      ['splits', ['01:00.0 01:00.1'], ['01:00.0 (likely)', '01:00.1 (likely)']],
    ]);
  });
});

describe('another kernel', () => {
  const IDT: readonly FunctionNotation[] = [
    { at: '00:01.0', type: 'root-port', secondary: 1, acs: ACS },
    { at: '01:00.0', type: 'upstream-port', secondary: 2, below: '00:01.0', ids: [0x111d, 0x80b5] },
    {
      at: '02:00.0',
      type: 'downstream-port',
      secondary: 3,
      below: '01:00.0',
      ids: [0x111d, 0x80b5],
      acs: [0x1d, 0x1c],
    },
    { at: '03:00.0', below: '02:00.0' },
  ];

  it('GR-13: before 7.0 source validation of an IDT switch is asked for', () => {
    expect(changesOf(IDT, 'kernel=6.12')).toEqual([
      ['merges', ['02:00.0', '03:00.0'], ['02:00.0 03:00.0 (likely)']],
    ]);
  });

  it('GR-16: pci=config_acs acts from 6.11 on, and the kernel before it leaves the bits on', () => {
    const host = (kernel: string, control: number) =>
      makeHost({
        kernel,
        commandLine: 'pci=config_acs=0000000@00:01.0',
        functions: [
          { at: '00:01.0', type: 'root-port', secondary: 1, acs: [0x1d, control] },
          { at: '01:00.0', below: '00:01.0' },
        ],
      });
    expect(groupLines(predict(host('6.1.0', 0x1d), 'kernel=7.1').grouping.groups)).toEqual([
      '00:01.0 01:00.0 (likely)',
    ]);
    expect(groupLines(predict(host('7.1.0', 0), 'kernel=6.1').grouping.groups)).toEqual([
      '00:01.0 (likely)',
      '01:00.0 (likely)',
    ]);
  });

  it('says where its rules were not looked at', () => {
    const { suppositions } = predict(makeHost({ functions: TWO_PORTS }), 'kernel=4.19');
    expect(suppositions.map(({ text }) => text)).toEqual([
      'Kernel 4.19 is supposed in place of 7.1.5',
      'The rules of grouping are known from Linux 5.10 to 7.3, and 4.19 lies outside',
    ]);
  });
});

describe('the IOMMU switched on', () => {
  const off = makeHost({ units: [], acpiTables: ['DMAR'], functions: TWO_PORTS });

  it('before there are no groups, after the predicted ones', () => {
    const { before, groupChanges, grouping } = predict(off, 'iommu=on');
    expect(before.hasGroups).toBe(false);
    expect(new Set(groupChanges.map(({ kind }) => kind))).toEqual(new Set(['appears']));
    expect(groupLines(grouping.groups)).toEqual([
      '00:01.0 (likely)',
      '00:02.0 02:00.0 (likely)',
      '01:00.0 01:00.1 (likely)',
    ]);
  });

  it('changes nothing where it is on', () => {
    const { applied, groupChanges } = predict(makeHost({ functions: TWO_PORTS }), 'iommu=on');
    expect([applied[0]?.text, groupChanges]).toEqual(['The IOMMU is on: it is so already', []]);
  });

  it('supposes one where the source shows none', () => {
    const { suppositions } = predict(makeHost({ units: [], functions: TWO_PORTS }), 'iommu=on');
    expect(suppositions[0]?.text).toBe(
      'An IOMMU that is on is supposed: that the host has one, though the source shows no sign of it',
    );
  });
});

describe('what a change does not touch stays as sure as it was', () => {
  it('keeps the confidence of the others', () => {
    const { grouping } = predict(makeHost({ functions: TWO_PORTS }), 'acs=00:02.0:on');
    expect(groupLines(grouping.groups)).toEqual([
      '00:01.0',
      '00:02.0 (likely)',
      '01:00.0 01:00.1',
      '02:00.0 (likely)',
    ]);
  });

  it('names an address that no function has', () => {
    expect(refusal(makeHost({ functions: TWO_PORTS }), 'acs=77:00.0:on')).toBe(
      'unknown-function: test has no function 0000:77:00.0',
    );
  });

  it('never changes the host that it was given', () => {
    const host = makeHost({ functions: TWO_PORTS });
    const copy = structuredClone(host);
    const config = host.functions[0]?.config as ConfigSpace;
    Object.freeze(config);
    predict(host, 'acs=00:01.0:off', 'behind-switch=01:00.0', 'kernel=6.1');
    expect(host).toEqual(copy);
  });
});
