import type { KeyboardEvent } from 'react';
import { useAppDispatch } from '../../app/hooks.ts';
import { focusInspector } from '../selection/focus-inspector.ts';
import {
  functionSelected,
  groupSelected,
  inspectorRevealed,
} from '../selection/selection-slice.ts';
import type { GroupItem } from './group-items.ts';
import { groupsFolded } from './groups-slice.ts';

const PAGE = 12;

/** Keys of the table: arrows, Page, Home and End move; left and right fold; Enter explains. */
export function useGroupKeys(
  hostId: string,
  items: readonly GroupItem[],
  active: number | undefined,
) {
  const dispatch = useAppDispatch();
  const select = (item: GroupItem | undefined) => {
    if (item === undefined) return;
    dispatch(
      item.type === 'head'
        ? groupSelected(hostId, item.groupId)
        : functionSelected(hostId, item.member),
    );
  };
  const fold = (isFolded: boolean) => {
    const item = items[active ?? -1];
    if (item === undefined) return;
    dispatch(groupsFolded({ hostId, groupIds: [item.groupId], isFolded }));
    if (isFolded) dispatch(groupSelected(hostId, item.groupId));
  };
  const explain = () => {
    if (active === undefined) return;
    dispatch(inspectorRevealed());
    focusInspector();
  };
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = moveTarget(event.key, active, items.length);
    if (target !== undefined) select(items[target]);
    else if (event.key === 'ArrowLeft') fold(true);
    else if (event.key === 'ArrowRight') fold(false);
    else if (event.key === 'Enter') explain();
    else return;
    event.preventDefault();
  };
}

/** The line that a key leads to; `undefined` for keys that do not move. */
function moveTarget(key: string, active: number | undefined, count: number): number | undefined {
  const from = active ?? -1;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + PAGE,
    PageUp: from - PAGE,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}
