import { describe, expect, it } from 'vitest';
import { testAcs } from '../../../main/engine/acs-test.ts';
import { makeContext, type GroupingOptions } from '../../../main/engine/context.ts';
import { NO_KNOWLEDGE } from '../../../main/quirks/acs-knowledge.ts';
import { parseKernelVersion } from '../../../main/quirks/kernel-version.ts';
import { makeHost, type FunctionNotation, type HostNotation } from '../../support/host-notation.ts';

function verdictOf(
  fn: FunctionNotation,
  rest: Partial<HostNotation> = {},
  options: GroupingOptions = {},
) {
  const context = makeContext(makeHost({ ...rest, functions: [fn, ...(rest.functions ?? [])] }), {
    knowledge: NO_KNOWLEDGE,
    ...options,
  });
  const node = context.topology.nodes[0];
  if (!node) throw new Error('No function');
  const { isIsolated, cause, doubts } = testAcs(node, context);
  return [isIsolated, cause.kind, doubts.map(({ code }) => code)];
}

const PORT: FunctionNotation = { at: '00:1c.0', type: 'root-port', secondary: 1 };

describe('GR-12: device-specific rows', () => {
  const PCH: FunctionNotation = { ...PORT, ids: [0x8086, 0x8c10] };
  it.each<[string, FunctionNotation, FunctionNotation[], unknown[]]>([
    [
      'Intel PCH with RCBA on',
      PCH,
      [{ at: '00:1f.0', type: 'conventional', rcba: 1 }],
      [true, 'quirk', []],
    ],
    [
      'Intel PCH with RCBA off',
      PCH,
      [{ at: '00:1f.0', type: 'conventional', rcba: 0 }],
      [false, 'quirk', []],
    ],
    [
      'Intel PCH without a device 1f on its bus: all bits read as one',
      PCH,
      [],
      [true, 'quirk', []],
    ],
    [
      'Intel PCH whose LPC bridge was not readable',
      PCH,
      [{ at: '00:1f.0', config: { state: 'unreadable', errno: 'EACCES' } }],
      [true, 'quirk', ['rcba-unreadable']],
    ],
    [
      'Sunrise Point looks at the dword',
      { ...PORT, ids: [0x8086, 0xa110], acs: [0x0f, 0], sptControl: 0x0f },
      [],
      [true, 'quirk', []],
    ],
    [
      'Sunrise Point with the dword off',
      { ...PORT, ids: [0x8086, 0xa110], acs: [0x0f, 0x0f], sptControl: 0 },
      [],
      [false, 'quirk', []],
    ],
    [
      'Sunrise Point unread',
      { ...PORT, ids: [0x8086, 0xa110], acs: { state: 'unreadable', errno: 'TRUNCATED' } },
      [],
      [undefined, 'quirk', ['config-unreadable']],
    ],
    [
      'Intel integrated endpoint',
      { at: '00:14.3', type: 'rciep', ids: [0x8086, 0x1] },
      [],
      [true, 'quirk', []],
    ],
    ['Cavium', { ...PORT, ids: [0x177d, 0xaf84] }, [], [true, 'quirk', []]],
    ['another Cavium', { ...PORT, ids: [0x177d, 0xaf85] }, [], [false, 'no-capability', []]],
    ['Zhaoxin on the list', { ...PORT, ids: [0x1d17, 0x0717] }, [], [true, 'quirk', []]],
    [
      'Zhaoxin off the list is refused in spite of its ACS',
      { ...PORT, ids: [0x1d17, 0x0760], acs: [0x1f, 0x1f] },
      [],
      [false, 'quirk', []],
    ],
    [
      'Zhaoxin endpoint goes on',
      { at: '01:00.0', ids: [0x1d17, 0x0760] },
      [],
      [true, 'single-function', []],
    ],
    ['Annapurna', { ...PORT, ids: [0x1c36, 0x0031] }, [], [true, 'quirk', []]],
    [
      'Wangxun on the list',
      { at: '01:00.0', multifunction: true, ids: [0x8088, 0x1001] },
      [],
      [true, 'quirk', []],
    ],
    ['Wangxun off the list', { at: '01:00.0', ids: [0x8088, 0x9999] }, [], [false, 'quirk', []]],
  ])('%s', (_name, fn, others, expected) => {
    expect(verdictOf(fn, { functions: others })).toEqual(expected);
  });

  it('Wangxun AML came with 6.14, and to older series by back-port', () => {
    const aml: FunctionNotation = { at: '01:00.0', ids: [0x8088, 0x5010] };
    const verdictFor = (kernel: string) => verdictOf(aml, { kernel });
    expect(verdictFor('6.12.0')).toEqual([false, 'quirk', []]);
    expect(verdictFor('6.12.5')).toEqual([false, 'quirk', ['depends-on-backport']]);
    expect(verdictFor('6.12.117')).toEqual([true, 'quirk', []]);
    expect(verdictFor('6.14.0')).toEqual([true, 'quirk', []]);
  });

  it('GR-13: source validation of two IDT switches does not count since 7.0', () => {
    const idt: FunctionNotation = {
      at: '02:00.0',
      type: 'downstream-port',
      secondary: 3,
      ids: [0x111d, 0x80b5],
      acs: [0x1f, 0x1c],
    };
    expect(verdictOf(idt, { kernel: '6.18.15' })[0]).toBe(false);
    expect(verdictOf(idt, { kernel: '7.0.0' })[0]).toBe(true);
  });
});

describe('GR-16: with the IOMMU off the prediction assumes what a kernel would switch on', () => {
  const off: Partial<HostNotation> = { units: [] };
  it.each<[string, FunctionNotation, Partial<HostNotation>, unknown[]]>([
    [
      'bits that the firmware left off',
      { ...PORT, acs: [0x1f, 0] },
      off,
      [true, 'control', ['acs-assumed-enabled']],
    ],
    ['bits that are on already', { ...PORT, acs: [0x1f, 0x1d] }, off, [true, 'control', []]],
    ['no capability stays none', PORT, off, [false, 'no-capability', []]],
    [
      'unless the command line keeps them off',
      { ...PORT, acs: [0x1f, 0x1d] },
      { ...off, commandLine: 'pci=disable_acs_redir=00:1c.0' },
      [false, 'control', ['acs-assumed-enabled']],
    ],
    [
      'config_acs is known from 6.11 on',
      { ...PORT, acs: [0x1f, 0x1d] },
      { ...off, kernel: '6.1.0', commandLine: 'pci=config_acs=0000000@00:1c.0' },
      [true, 'control', []],
    ],
  ])('%s', (_name, fn, rest, expected) => {
    expect(verdictOf({ ...fn, iommu: undefined }, rest)).toEqual(expected);
  });
});

describe('what-if', () => {
  it('another kernel has other rows', () => {
    const loongson: FunctionNotation = { ...PORT, ids: [0x0014, 0x3c09] };
    const on = (release: string) =>
      verdictOf(loongson, {}, { kernel: parseKernelVersion(release)! })[0];
    expect([on('6.13.0'), on('7.0.0')]).toEqual([false, true]);
  });

  it('other control bits than those read', () => {
    const host = makeHost({ functions: [{ ...PORT, acs: [0x1f, 0] }] });
    const bdf = host.functions[0]!.bdf;
    const context = makeContext(host, { acsControl: new Map([[bdf, 0x1d]]) });
    expect(testAcs(context.topology.nodes[0]!, context).isIsolated).toBe(true);
  });
});
