import { describe, expect, it } from 'vitest';
import { selectGroupLines } from '../../../../renderer/features/groups/groups-selectors.ts';
import { groupsFolded, viewChanged } from '../../../../renderer/features/groups/groups-slice.ts';
import type { GroupsView } from '../../../../renderer/features/groups/groups-slice.ts';
import { AM4_OFF } from '../../fixtures/am4-off.ts';
import { BIG_SERVER } from '../../fixtures/big-server.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';
import { storeWithHost } from '../../normalised-host.ts';

function lines(change: Partial<GroupsView>, view = INTEL_DESKTOP) {
  const { store } = storeWithHost(view);
  const { hostId } = view;
  store.dispatch(viewChanged({ hostId, change }));
  return selectGroupLines(store.getState(), hostId).items.map((item) =>
    item.type === 'head' ? `group ${item.groupId}` : `${item.isMatch ? '*' : ' '} ${item.member}`,
  );
}

describe('the table of groups', () => {
  it('shows the whole group of a match, and says which member matched', () => {
    expect(lines({ search: 'geforce' })).toEqual([
      'group 2',
      '  0000:00:01.0',
      '* 0000:01:00.0',
      '  0000:01:00.1',
    ]);
  });

  it.each([
    ['an address', '01:00.1', ['group 2']],
    ['a vendor and device id', '144d:a80a', ['group 12']],
    ['a driver', 'vfio-pci', ['group 13']],
    ['a kind of device', 'nvme drive', ['group 12', 'group 13']],
    ['several words', 'asmedia usb', ['group 15']],
    ['a member of another bus', 'intc1056', ['group 15']],
    ['nothing that exists', 'zzz', []],
  ])('finds %s', (_what, search, heads) => {
    expect(lines({ search }).filter((line) => line.startsWith('group'))).toEqual(heads);
  });

  it('filters by verdict, kind and driver together', () => {
    const change: Partial<GroupsView> = { verdicts: ['blocked'], kinds: ['network'] };
    expect(lines(change)).toEqual(['group 14', '* 0000:04:00.0']);
    expect(lines({ ...change, drivers: ['e1000e'] })).toEqual([]);
  });

  it('takes groups of ports alone out of the verdicts', () => {
    expect(lines({ verdicts: ['host-parts'] }).filter((line) => line.startsWith('g'))).toEqual([
      'group 1',
      'group 3',
      'group 8',
      'group 9',
      'group 10',
    ]);
  });

  it('orders by verdict, from what can be used to what cannot', () => {
    const heads = lines({ sort: 'verdict' }).filter((line) => line.startsWith('group'));
    expect([heads[0], heads.at(-1)]).toEqual(['group 4', 'group 10']);
  });

  it('ends with the functions that no IOMMU covers', () => {
    expect(lines({}, AM4_OFF).slice(-2)).toEqual(['group not-covered', '  0000:00:14.3']);
  });

  it('leaves the members of a folded group out', () => {
    const { store } = storeWithHost(INTEL_DESKTOP);
    store.dispatch(groupsFolded({ hostId: 'live', groupIds: ['11'], isFolded: true }));
    const { items } = selectGroupLines(store.getState(), 'live');
    expect(items.filter((item) => item.groupId === '11')).toHaveLength(1);
  });

  it('holds every function of a big server once', () => {
    expect(lines({}, BIG_SERVER).filter((line) => !line.startsWith('group'))).toHaveLength(4096);
  });
});
