import type { RefObject } from 'react';
import { useAppSelector } from '../../app/hooks.ts';
import { ColumnHeads } from './ColumnHeads.tsx';
import { GroupHead } from './GroupHead.tsx';
import { MemberRow } from './MemberRow.tsx';
import { selectHasLongAddresses } from './groups-selectors.ts';
import { useGroupKeys } from './use-group-keys.ts';
import { useTableLines } from './use-table-lines.ts';

const COLUMN_HEADS = 30;

interface GroupTableProps {
  readonly hostId: string;
  readonly tableRef: RefObject<HTMLDivElement | null>;
}

/** The table of groups: only the lines in view exist in the page. */
export function GroupTable({ hostId, tableRef }: GroupTableProps) {
  const { items, active, virtual } = useTableLines(hostId, tableRef, COLUMN_HEADS);
  const hasLongAddresses = useAppSelector((state) => selectHasLongAddresses(state, hostId));
  const onKeyDown = useGroupKeys(hostId, items, active);
  return (
    <div
      ref={tableRef}
      className="group-table"
      data-addresses={hasLongAddresses ? 'long' : 'short'}
      role="treegrid"
      aria-label="Groups and their members"
      aria-rowcount={items.length + 1}
      aria-activedescendant={active === undefined ? undefined : `line-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <ColumnHeads />
      <div
        role="presentation"
        className="group-table__lines"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const item = items[index];
          if (item === undefined) return null;
          const line = { hostId, index, isActive: index === active };
          return (
            <div
              key={item.key}
              role="presentation"
              className="group-table__line"
              style={{ transform: `translateY(${start - COLUMN_HEADS}px)`, height: size }}
            >
              {item.type === 'head' ? (
                <GroupHead {...line} item={item} />
              ) : (
                <MemberRow {...line} item={item} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
