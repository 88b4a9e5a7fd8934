import { describe, expect, it } from 'vitest';
import { shortBdf } from '../../../../shared/bdf.ts';
import { isUnreadable } from '../../../../shared/fact.ts';
import type { Host, PciFunction } from '../../../../shared/host.ts';
import { makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { groupLines, partition, partitionOf, predict, refusal } from '../../../support/predict.ts';

const ACS = [0x1d, 0x1d] as const;

/**
 * A port without ACS, one with, and a conventional bridge; a two-function card, a card with a
 * bridge of its own, and two conventional cards. Buses are numbered depth-first.
 */
const FUNCTIONS: readonly FunctionNotation[] = [
  { at: '00:00.0', type: 'conventional', classCode: 0x060000 },
  { at: '00:01.0', type: 'root-port', config: undefined, secondary: 1 },
  { at: '00:02.0', type: 'root-port', secondary: 2, acs: ACS },
  { at: '00:03.0', type: 'root-port', secondary: 3, acs: ACS },
  { at: '00:04.0', type: 'root-port', secondary: 5, acs: ACS },
  { at: '01:00.0', below: '00:01.0', multifunction: true },
  { at: '01:00.1', below: '00:01.0' },
  { at: '03:00.0', below: '00:03.0', type: 'pcie-to-pci-bridge', secondary: 4 },
  { at: '04:01.0', below: '03:00.0', type: 'conventional' },
  { at: '04:02.0', below: '03:00.0', type: 'conventional' },
  { at: '05:00.0', below: '00:04.0' },
].map(({ config: _config, ...fn }) => fn as FunctionNotation);

/** Bridges lead to all buses below them. */
const REACH: Readonly<Record<string, number>> = { '00:03.0': 4 };

function host(functions = FUNCTIONS) {
  const made = makeHost({ functions });
  return {
    ...made,
    functions: made.functions.map((fn) => {
      const { config } = fn;
      const bridge = config && 'bridge' in config ? config.bridge : undefined;
      const reach = REACH[shortBdf(fn.bdf)];
      if (!bridge || !config || !('bridge' in config)) return fn;
      return {
        ...fn,
        rootBus: '0000:00',
        config: { ...config, bridge: { ...bridge, subordinate: reach ?? bridge.secondary } },
      };
    }),
  };
}

function addressesAfter(...words: string[]): string[] {
  const { origins } = predict(host(), ...words);
  return [...origins]
    .filter(([now, origin]) => now !== origin)
    .map(([now, origin]) => `${shortBdf(origin)} -> ${shortBdf(now)}`)
    .sort();
}

describe('a card moves whole', () => {
  it('to device 0 of the bus behind the other port, and out of the group of the first', () => {
    const { groupChanges, applied } = predict(host(), 'move=01:00.1:00:02.0');
    expect(applied[0]?.text).toBe(
      '01:00.0 and 01:00.1 move below root port 00:02.0, to 02:00.0 and 02:00.1',
    );
    expect(
      groupChanges.map(({ kind, before, after }) => [kind, groupLines(before), groupLines(after)]),
    ).toEqual([
      ['splits', ['00:01.0 01:00.0 01:00.1'], ['00:01.0 (likely)', '02:00.0 02:00.1 (likely)']],
    ]);
  });

  it('takes what lies below it along, and firmware numbers the buses depth-first again', () => {
    expect(addressesAfter('move=01:00.0:00:02.0', 'move=03:00.0:00:01.0')).toEqual([
      '01:00.0 -> 03:00.0',
      '01:00.1 -> 03:00.1',
      '03:00.0 -> 01:00.0',
      '04:01.0 -> 02:01.0',
      '04:02.0 -> 02:02.0',
    ]);
  });

  it('where firmware left gaps, every other bus keeps its number', () => {
    const gaps = FUNCTIONS.map((fn) => (fn.at === '00:02.0' ? { ...fn, secondary: 0x20 } : fn));
    const { origins } = predict(host(gaps), 'move=03:00.0:00:02.0');
    expect([...origins].filter(([now, origin]) => now !== origin)).toEqual([
      ['0000:20:00.0', '0000:03:00.0'],
    ]);
  });

  it('on a conventional bus keeps its device number where that is free, and gets the first free one otherwise', () => {
    const bridge: FunctionNotation = {
      at: '05:00.0',
      below: '00:04.0',
      type: 'pcie-to-pci-bridge',
      secondary: 6,
    };
    const functions = [
      ...FUNCTIONS.filter(({ at }) => at !== '05:00.0'),
      bridge,
      { at: '06:02.0', below: '05:00.0', type: 'conventional' as const },
    ];
    const { applied } = predict(host(functions), 'move=04:01.0:05:00.0', 'move=04:02.0:05:00.0');
    expect(applied.map(({ text }) => text)).toEqual([
      '04:01.0 moves below bridge 05:00.0, to 06:01.0',
      '04:02.0 moves below bridge 05:00.0, to 06:00.0',
    ]);
  });

  it('there and back restores groups and addresses', () => {
    const there = predict(host(), 'move=03:00.0:00:02.0');
    const back = predict(host(), 'move=03:00.0:00:02.0', 'move=03:00.0:00:03.0');
    expect(
      there.groupChanges.length + addressesAfter('move=03:00.0:00:02.0').length,
    ).toBeGreaterThan(0);
    expect(partitionOf(back)).toEqual(
      partition(predict(host()).grouping.groups.map((g) => g.members)),
    );
    expect([...back.origins].filter(([now, origin]) => now !== origin)).toEqual([]);
  });

  it('is covered by the IOMMU of its new port', () => {
    const functions = FUNCTIONS.map((fn) =>
      fn.at === '00:02.0' ? { ...fn, iommu: undefined } : fn,
    );
    const { grouping } = predict(host(functions), 'move=01:00.0:00:02.0');
    expect(grouping.notCovered).toEqual(['0000:00:02.0', '0000:02:00.0', '0000:02:00.1']);
  });

  it('stays uncovered where no driver had asked for it', () => {
    const functions = FUNCTIONS.map((fn) =>
      fn.at === '05:00.0' ? { ...fn, iommu: undefined } : fn,
    );
    const { grouping } = predict(host(functions), 'move=05:00.0:00:02.0');
    expect(grouping.notCovered).toEqual(['0000:02:00.0']);
  });

  it('staying is no change', () => {
    const { applied, groupChanges } = predict(host(), 'move=01:00.0:00:01.0');
    expect([applied[0]?.text, groupChanges]).toEqual([
      '01:00.0 and 01:00.1 stay where they are, below 00:01.0',
      [],
    ]);
  });

  it.each([
    [
      'move=00:00.0:00:02.0',
      '00:00.0 is on the root bus: it is part of the root complex and in no slot',
    ],
    [
      'move=01:00.0:00:04.0',
      'Cannot move 01:00.0 and 01:00.1 to 00:04.0: 05:00.0 is there: move that first',
    ],
    ['move=01:00.0:00:00.0', 'Cannot move 01:00.0 and 01:00.1 to 00:00.0: 00:00.0 is not a bridge'],
    [
      'move=01:00.0:03:00.0',
      'Cannot move 01:00.0 and 01:00.1 to 03:00.0: 03:00.0 leads to a conventional bus, and 01:00.0 is PCI Express',
    ],
    [
      'move=03:00.0:03:00.0',
      'Cannot move 03:00.0 to 03:00.0: 03:00.0 is a part of what would be moved',
    ],
  ])('%s is refused', (word, message) => {
    expect(refusal(host(), word)).toBe(`impossible-change: ${message}`);
  });
});

describe('a card behind a switch', () => {
  it('without ACS shares the group of the downstream port', () => {
    const { grouping, applied } = predict(host(), 'behind-switch=05:00.0');
    expect(applied[0]?.text).toBe(
      'A switch without ACS stands between 05:00.0 and 00:04.0: upstream port 05:00.0, downstream port 06:00.0, then the card at 07:00.0',
    );
    expect(groupLines(grouping.groups).slice(-2)).toEqual([
      '05:00.0 (likely)',
      '06:00.0 07:00.0 (likely)',
    ]);
  });

  it('with ACS each has a group of its own', () => {
    expect(
      groupLines(predict(host(), 'behind-switch=05:00.0:acs').grouping.groups).slice(-3),
    ).toEqual(['05:00.0 (likely)', '06:00.0 (likely)', '07:00.0 (likely)']);
  });

  it('below a port without ACS the whole switch joins that port', () => {
    expect(groupLines(predict(host(), 'behind-switch=01:00.0:acs').grouping.groups)).toContain(
      '00:01.0 01:00.0 02:00.0 03:00.0 03:00.1 (likely)',
    );
  });

  it('has ports that later changes name by the address that they got', () => {
    const lines = (...words: string[]) => groupLines(predict(host(), ...words).grouping.groups);
    expect(lines('behind-switch=05:00.0', 'acs=06:00.0:on')).toEqual(
      lines('behind-switch=05:00.0:acs'),
    );
    expect(refusal(host(), 'behind-switch=05:00.0', 'move=06:00.0:00:02.0')).toBe(
      'impossible-change: 06:00.0 is a port of the switch 05:00.0: only the whole switch can be moved',
    );
  });

  it('an address of the source stays the name of its function: the card can be taken out again', () => {
    const { origins } = predict(host(), 'behind-switch=05:00.0', 'move=05:00.0:00:02.0');
    const now = [...origins].find(([, origin]) => origin === '0000:05:00.0')?.[0];
    expect(now).toBe('0000:02:00.0');
    const byNewName = predict(host(), 'behind-switch=05:00.0', 'move=07:00.0:00:02.0');
    expect(byNewName.origins).toEqual(origins);
  });

  it('no switch fits a conventional bus', () => {
    expect(refusal(host(), 'behind-switch=04:01.0')).toBe(
      'impossible-change: Cannot put a switch above 04:01.0: 03:00.0 leads to a conventional bus',
    );
  });
});

describe('what could not be read is never taken for absent', () => {
  const unread = { state: 'unreadable', errno: 'TRUNCATED' } as const;

  /** The host with one fact of one function not readable. */
  function without(at: string, change: (fn: PciFunction) => PciFunction) {
    const made = host();
    const functions = made.functions.map((fn) => (shortBdf(fn.bdf) === at ? change(fn) : fn));
    return { ...made, functions };
  }

  const withoutPcie = (fn: PciFunction): PciFunction =>
    fn.config === undefined || isUnreadable(fn.config)
      ? fn
      : { ...fn, config: { ...fn.config, pcie: unread } };

  it.each<readonly [string, Host, string, string]>([
    [
      'the type of the port to go to',
      without('00:02.0', withoutPcie),
      'move=01:00.0:00:02.0',
      "Cannot move 01:00.0 and 01:00.1 to 00:02.0: whether 00:02.0 is a PCIe port could not be read: read the host with root's rights",
    ],
    [
      'the type of the port to leave',
      without('00:01.0', withoutPcie),
      'move=01:00.0:00:02.0',
      "Whether 00:01.0 above 01:00.0 is a PCIe port could not be read: read the host with root's rights",
    ],
    [
      'the type of the card',
      without('05:00.0', withoutPcie),
      'move=05:00.0:03:00.0',
      "Cannot move 05:00.0 to 03:00.0: 03:00.0 leads to a conventional bus, and whether 05:00.0 is conventional could not be read: read the host with root's rights",
    ],
    [
      'the place of the card',
      without('05:00.0', (fn) => ({ ...fn, parent: undefined, inferred: ['topology'] })),
      'move=05:00.0:00:02.0',
      'What lies above 05:00.0 is not known: the source does not show it',
    ],
  ])('%s', (_name, poor, word, message) => {
    expect(refusal(poor, word)).toBe(`impossible-change: ${message}`);
  });
});
