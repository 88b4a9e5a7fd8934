import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareHosts,
  isSameHost,
  type ExplainedGroupChange,
  type HostComparison,
} from '../../../../main/engine/compare/compare-hosts.ts';
import { shortBdf, type Bdf } from '../../../../shared/bdf.ts';
import { unreadable } from '../../../../shared/fact.ts';
import type { Host } from '../../../../shared/host.ts';
import { details } from '../../../support/details.ts';
import { draws, topologyOf } from '../../../support/draw-topology.ts';
import {
  makeHost,
  type FunctionNotation,
  type HostNotation,
} from '../../../support/host-notation.ts';
import { machine } from '../../../support/machine.ts';
import { recordedHost } from '../../../support/recorded-host.ts';

const FULL = [0x1f, 0x1d] as const;
const PORT: FunctionNotation = { at: '00:01.0', type: 'root-port', secondary: 1, acs: FULL };
const CARD: FunctionNotation = { at: '01:00.0', below: '00:01.0', ids: [0x10de, 0x2206] };
const APART = { '0': ['00:01.0'], '1': ['01:00.0'] };
const TOGETHER = { '0': ['00:01.0', '01:00.0'] };

/** `splits 00:01.0 01:00.0 => 00:01.0 | 01:00.0: kernel`. */
function groupLines({ groups }: HostComparison): string[] {
  const side = (list: ExplainedGroupChange['before']) =>
    list.map(({ members }) => members.map((one) => shortBdf(one as Bdf)).join(' ')).join(' | ');
  return groups.map(
    ({ kind, before, after, reasons }) =>
      `${kind} ${side(before)} => ${side(after)}: ${reasons.map(({ code }) => code).join(' ')}`,
  );
}

function compare(before: HostNotation, after: HostNotation): HostComparison {
  return compareHosts(makeHost(before), makeHost(after));
}

const BOTH = { functions: [PORT, CARD] };
const SPLITS = 'splits 00:01.0 01:00.0 => 00:01.0 | 01:00.0';
const MERGES = 'merges 00:01.0 | 01:00.0 => 00:01.0 01:00.0';

describe('why groups differ', () => {
  it('ACS control bits: predicting one host with the registers of the other gives its groups', () => {
    const off = { functions: [{ ...PORT, acs: [0x1f, 0] as const }, CARD], observed: TOGETHER };
    const comparison = compare({ ...BOTH, observed: APART }, off);
    expect(groupLines(comparison)).toEqual([`${MERGES}: acs-bits`]);
    expect(comparison.groups[0]?.reasons[0]?.evidence).toBe(
      '00:01.0: ACS 0x001f with control 0x001d at 0x156, then ACS 0x001f with control 0x0000 at 0x156',
    );
  });

  it('BIOS, where a port offers ACS since another version of the firmware', () => {
    const withBios = (biosVersion: string, acs: FunctionNotation['acs']): HostNotation => ({
      functions: [{ ...PORT, acs }, CARD],
      machine: { ...machine(), board: { ...machine().board, biosVersion } },
      observed: acs === undefined ? TOGETHER : APART,
    });
    const comparison = compare(withBios('1.0', undefined), withBios('1.1', FULL));
    expect(groupLines(comparison)).toEqual([`${SPLITS}: bios`]);
    expect(comparison.groups[0]?.reasons[0]?.evidence).toMatch(/^BIOS 1\.0, then 1\.1; 00:01\.0: /);
    // The same change with the same firmware has another cause.
    expect(groupLines(compare(withBios('1.0', undefined), withBios('1.0', FULL)))).toEqual([
      `${SPLITS}: acs-bits`,
    ]);
  });

  it('the ACS override, which is not confirmed by being asked for', () => {
    const plain = { functions: [{ ...PORT, acs: undefined }, CARD], observed: TOGETHER };
    const commandLine = 'pcie_acs_override=downstream';
    const patched = { ...plain, commandLine, observed: APART };
    expect(groupLines(compare(plain, patched))).toEqual([`${SPLITS}: acs-override`]);
    expect(groupLines(compare(plain, { ...plain, commandLine }))).toEqual([]);
  });

  it('kernel, where only one of two has the quirk', () => {
    // The quirk for Wangxun's network cards came after 5.19.
    const nics = ['0', '1'].map((fn) => ({
      at: `01:00.${fn}`,
      below: '00:01.0',
      ids: [0x8088, 0x1001] as const,
      multifunction: true,
    }));
    const one = (kernel: string, ...groups: string[][]): HostNotation => ({
      functions: [PORT, ...nics],
      kernel,
      observed: Object.fromEntries([['00:01.0'], ...groups].map((group, id) => [id, group])),
    });
    const before = one('5.19.0', ['01:00.0', '01:00.1']);
    const after = one('7.1.5', ['01:00.0'], ['01:00.1']);
    expect(groupLines(compare(before, after))).toEqual([
      'splits 01:00.0 01:00.1 => 01:00.0 | 01:00.1: kernel',
    ]);
  });

  it('slot, where a card was moved below a port that does not isolate', () => {
    const bad: FunctionNotation = { at: '00:02.0', type: 'root-port', secondary: 2 };
    const before = {
      functions: [PORT, bad, CARD],
      observed: { '0': ['00:01.0'], '1': ['00:02.0'], '2': ['01:00.0'] },
    };
    const after = {
      functions: [PORT, bad, { ...CARD, at: '02:00.0', below: '00:02.0' }],
      observed: { '0': ['00:01.0'], '1': ['00:02.0', '02:00.0'] },
    };
    const comparison = compare(before, after);
    expect(groupLines(comparison)).toEqual(['merges 00:02.0 | 01:00.0 => 00:02.0 02:00.0: slot']);
    expect(comparison.groups[0]?.reasons[0]?.evidence).toBe('01:00.0 is now 02:00.0');
  });

  it('devices, where a group has one more', () => {
    const before = { functions: [{ ...PORT, acs: undefined }], observed: { '0': ['00:01.0'] } };
    const after = { functions: [{ ...PORT, acs: undefined }, CARD], observed: TOGETHER };
    expect(groupLines(compare(before, after))).toEqual([
      'grows 00:01.0 => 00:01.0 01:00.0: devices',
    ]);
  });

  it('unexplained, where nothing that was read leads from one to the other', () => {
    expect(
      groupLines(compare({ ...BOTH, observed: APART }, { ...BOTH, observed: TOGETHER })),
    ).toEqual([`${MERGES}: unexplained`]);
  });

  it('two causes, where it takes both', () => {
    const functions = (acs: FunctionNotation['acs'], at: string) => [
      { ...PORT, acs },
      { ...PORT, at: '00:02.0', secondary: 2, acs: FULL },
      { ...CARD, at, below: at === '01:00.0' ? '00:01.0' : '00:02.0' },
    ];
    const before: HostNotation = {
      functions: functions(FULL, '02:00.0'),
      observed: { '0': ['00:01.0'], '1': ['00:02.0'], '2': ['02:00.0'] },
    };
    const after: HostNotation = {
      functions: functions([0x1f, 0], '01:00.0'),
      observed: { '0': ['00:01.0', '01:00.0'], '1': ['00:02.0'] },
    };
    expect(groupLines(compare(before, after))).toEqual([
      'merges 00:01.0 | 02:00.0 => 00:01.0 01:00.0: slot acs-bits',
    ]);
  });
});

describe('recorded hosts', () => {
  it('config_acs split a group that an older kernel kept whole', async () => {
    const [before, after] = await Promise.all([
      recordedHost('n-config-acs-k6.12'),
      recordedHost('n-config-acs-k6.1'),
    ]);
    expect(groupLines(compareHosts(before, after))).toEqual([
      'splits 00:04.0 01:00.0 => 00:04.0 | 01:00.0: acs-bits',
    ]);
  });

  it('a newer kernel covers more of a host with virtio-iommu', async () => {
    const [before, after] = await Promise.all([
      recordedHost('n-virtio-iommu-k6.12'),
      recordedHost('n-virtio-iommu-k7.2'),
    ]);
    const { groups } = compareHosts(before, after);
    expect(groups.map(({ kind, reasons }) => [kind, reasons.map(({ code }) => code)])).toEqual(
      Array(3).fill(['appears', ['coverage']]),
    );
  });

  it('the IOMMU switched on is a fact of the host, with its word of the command line', async () => {
    const [off, on] = await Promise.all([
      recordedHost('n-intel-off-k6.1'),
      recordedHost('n-intel-default-k6.1'),
    ]);
    const { facts, commandLine, groupsAre, groups } = compareHosts(off, on);
    expect({ facts, commandLine, groupsAre, groups }).toEqual({
      facts: [{ name: 'iommu', before: 'intel-vtd off', after: 'intel-vtd active' }],
      commandLine: { removed: ['intel_iommu=off'], added: [] },
      groupsAre: 'predicted',
      groups: [],
    });
  });
});

describe('what is compared beside groups', () => {
  it('drivers, and never those that could not be read', () => {
    const driven = (driver: Parameters<typeof details>[0]) => ({
      functions: [PORT, { ...CARD, details: details(driver) }],
    });
    const changes = compare(driven({ driver: 'nouveau' }), driven({ driver: 'vfio-pci' })).drivers;
    expect(changes.map(({ before, after }) => [before, after])).toEqual([['nouveau', 'vfio-pci']]);
    const hidden = compare(driven({ driver: 'nouveau' }), driven({ driver: unreadable('EACCES') }));
    expect([hidden.drivers, hidden.notCompared.includes('drivers')]).toEqual([[], true]);
  });

  it('a command line that could not be read is no difference', () => {
    const hidden: Host = { ...makeHost(BOTH), commandLine: unreadable('EACCES') };
    const comparison = compareHosts(makeHost({ ...BOTH, commandLine: 'quiet' }), hidden);
    expect([comparison.commandLine, isSameHost(comparison)]).toEqual([
      { removed: [], added: [] },
      true,
    ]);
    expect(comparison.notCompared).toContain('command line');
  });
});

const MIRRORED = {
  splits: 'merges',
  merges: 'splits',
  grows: 'shrinks',
  shrinks: 'grows',
  appears: 'disappears',
  disappears: 'appears',
  regroups: 'regroups',
} as const;

/** What a comparison says, with the sides exchanged where asked; in one order. */
function said(comparison: HostComparison, isMirrored: boolean) {
  const turn = <T>(before: T, after: T): readonly [T, T] =>
    isMirrored ? [after, before] : [before, after];
  const names = (groups: ExplainedGroupChange['before']) =>
    groups.map(({ members }) => members.join(' ')).sort();
  const pair = ({ before, after }: HostComparison['moved'][number]) =>
    turn(before.bdf, after.bdf).join(' ');
  return {
    functions: turn(comparison.removed, comparison.added).map((list) => list.map(({ bdf }) => bdf)),
    moved: comparison.moved.map((one) => `${one.kind} ${pair(one)}`).sort(),
    replaced: comparison.replaced.map(pair).sort(),
    acs: comparison.acs.map((one) => pair(one.pair)).sort(),
    commandLine: turn(comparison.commandLine.removed, comparison.commandLine.added),
    groups: comparison.groups
      .map(({ kind, before, after, reasons }) => ({
        kind: isMirrored ? MIRRORED[kind] : kind,
        sides: turn(names(before), names(after)),
        reasons: reasons.map(({ code }) => code),
      }))
      .sort((a, b) => (JSON.stringify(a.sides) < JSON.stringify(b.sides) ? -1 : 1)),
  };
}

describe('laws that hold for any two hosts', () => {
  const hosts = fc
    .record({
      functions: draws.map(topologyOf),
      kernel: fc.constantFrom('5.10.0', '6.12.107', '7.1.5'),
      commandLine: fc.constantFrom('quiet', 'quiet pcie_acs_override=downstream', ''),
    })
    .map(makeHost);

  it('a host does not differ from itself', () => {
    fc.assert(
      fc.property(hosts, (host) => {
        expect(isSameHost(compareHosts(host, host))).toBe(true);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('the other way round says the same with the sides exchanged', () => {
    fc.assert(
      fc.property(hosts, hosts, (a, b) => {
        expect(said(compareHosts(b, a), true)).toEqual(said(compareHosts(a, b), false));
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('every recorded host is equal to itself', async () => {
    for (const name of ['real-02', 's033-k6.1-virtio-q7.2', 'x-ppc-pseries']) {
      const host = await recordedHost(name);
      expect(isSameHost(compareHosts(host, host))).toBe(true);
    }
  });
});
