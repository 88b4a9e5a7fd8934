import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useAppSelector } from '../../app/hooks.ts';
import { selectSelection } from '../selection/selection-selectors.ts';
import type { Selection } from '../selection/selection-slice.ts';
import { selectDensity } from '../settings/settings-selectors.ts';
import { headKey, memberKey } from './group-items.ts';
import type { GroupItem } from './group-items.ts';
import { selectGroupLines } from './groups-selectors.ts';

/** Heights in pixels; `styles/groups.css` draws to them. */
const SIZES = {
  comfortable: { head: 40, member: 32 },
  compact: { head: 34, member: 26 },
} as const;
const GAP = 10;

/**
 * The lines of the table, the one that is selected, and which of them are in view.
 *
 * @param columnHeads - Height in pixels of the heads that stay at the top of the table.
 */
export function useTableLines(
  hostId: string,
  tableRef: RefObject<HTMLDivElement | null>,
  columnHeads: number,
) {
  const density = useAppSelector(selectDensity);
  const { items, indexOfKey } = useAppSelector((state) => selectGroupLines(state, hostId));
  const selection = useAppSelector((state) => selectSelection(state, hostId));
  const active = selection === undefined ? undefined : indexOfKey[selectionKey(selection)];
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => tableRef.current,
    estimateSize: (index) => heightOf(items[index], density),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 10,
    scrollMargin: columnHeads,
    scrollPaddingStart: columnHeads + 4,
    scrollPaddingEnd: 12,
  });
  useEffect(() => virtual.measure(), [virtual, density, items]);
  useEffect(() => {
    if (active !== undefined) virtual.scrollToIndex(active, { align: 'auto' });
  }, [virtual, active]);
  return { items, active, virtual };
}

function selectionKey(selection: Selection): string {
  return selection.kind === 'group' ? headKey(selection.groupId) : memberKey(selection.bdf);
}

function heightOf(item: GroupItem | undefined, density: keyof typeof SIZES): number {
  if (item === undefined) return 0;
  return SIZES[density][item.type] + (item.isLast ? GAP : 0);
}
