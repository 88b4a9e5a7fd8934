import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, RefObject } from 'react';
import type { LibraryList } from '../../../shared/library-report.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { openEntry, showEntry } from './library-thunks.ts';
import { stepIn } from './step-in.ts';

/** Height of a line in pixels. */
export const LINE = 52;

/** The line that is chosen, which of them are in view, and what the keys do. */
export function useSnapshotLines(
  snapshots: LibraryList['snapshots'],
  box: RefObject<HTMLDivElement | null>,
) {
  const dispatch = useAppDispatch();
  const shown = useAppSelector((state) => state.library.shown?.name);
  const active = snapshots.findIndex(({ id }) => String(id) === shown);
  const virtual = useVirtualizer({
    count: snapshots.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    getItemKey: (index) => snapshots[index]?.id ?? index,
    overscan: 10,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = snapshots[active];
    if (event.key === 'Enter' && chosen !== undefined) void dispatch(openEntry(chosen.id));
    const next = stepIn(event.key, active, snapshots.length);
    const wanted = next === undefined ? undefined : snapshots[next];
    if (next === undefined || wanted === undefined) return;
    event.preventDefault();
    virtual.scrollToIndex(next, { align: 'auto' });
    void dispatch(showEntry(String(wanted.id)));
  };
  return { active, virtual, onKeyDown };
}
