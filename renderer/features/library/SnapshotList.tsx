import { Button } from '@mantine/core';
import { useRef } from 'react';
import type { LibraryList } from '../../../shared/library-report.ts';
import { useAppDispatch } from '../../app/hooks.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { counted } from '../../components/counted.ts';
import { moreAsked } from './library-slice.ts';
import { listLibrary, openEntry, showEntry } from './library-thunks.ts';
import { LINE, useSnapshotLines } from './use-snapshot-lines.ts';

type Line = LibraryList['snapshots'][number];

/** The snapshots that were found; only the lines in view exist in the page. */
export function SnapshotList({ list }: { list: LibraryList }) {
  const dispatch = useAppDispatch();
  const { snapshots, hasMore } = list;
  const box = useRef<HTMLDivElement>(null);
  const { active, virtual, onKeyDown } = useSnapshotLines(snapshots, box);
  return (
    <>
      <p className="library__count dim">
        {counted(snapshots.length, 'snapshot')}
        {hasMore ? ', and there are more' : ''}
        {hasMore ? (
          <Button
            variant="subtle"
            onClick={() => {
              dispatch(moreAsked());
              void dispatch(listLibrary());
            }}
          >
            Show more
          </Button>
        ) : null}
      </p>
      <div
        ref={box}
        className="snapshot-list"
        role="listbox"
        aria-label="Snapshots"
        aria-activedescendant={active < 0 ? undefined : `snapshot-${active}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div
          role="presentation"
          className="snapshot-list__lines"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = snapshots[index];
            if (line === undefined) return null;
            return (
              <SnapshotLine
                key={line.id}
                line={line}
                index={index}
                count={snapshots.length}
                isActive={index === active}
                start={start}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}

interface SnapshotLineProps {
  readonly line: Line;
  readonly index: number;
  readonly count: number;
  readonly isActive: boolean;
  /** Distance from the top in pixels. */
  readonly start: number;
}

function SnapshotLine({ line, index, count, isActive, start }: SnapshotLineProps) {
  const dispatch = useAppDispatch();
  const { id, title, name, kernel, functionCount, problemCount, importedAtMs } = line;
  return (
    <div
      id={`snapshot-${index}`}
      role="option"
      aria-selected={isActive}
      aria-posinset={index + 1}
      aria-setsize={count}
      className="snapshot-line"
      style={{ transform: `translateY(${start}px)`, height: LINE }}
      onClick={() => void dispatch(showEntry(String(id)))}
      onDoubleClick={() => void dispatch(openEntry(id))}
    >
      <span className="snapshot-line__title">{title}</span>
      <span className="snapshot-line__when dim">
        <RelativeTime atMs={importedAtMs} />
      </span>
      <span className="snapshot-line__facts dim">
        {[
          name === title ? undefined : name,
          kernel === undefined ? 'kernel not known' : kernel,
          counted(functionCount, 'function'),
          problemCount === 0 ? undefined : counted(problemCount, 'problem'),
        ]
          .filter((word) => word !== undefined)
          .join(' · ')}
      </span>
    </div>
  );
}
