import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectSelection } from '../selection/selection-selectors.ts';
import { functionSelected, inspectorRevealed } from '../selection/selection-slice.ts';
import { selectDensity } from '../settings/settings-selectors.ts';
import { TreeRow } from './TreeRow.tsx';
import { selectTree, selectVisibleNodes } from './topology-selectors.ts';
import { nodesToggled } from './topology-slice.ts';
import { ancestorsOf } from './topology-tree.ts';
import type { TreeNode } from './topology-tree.ts';
import { useTreeKeys } from './use-tree-keys.ts';

const HEIGHTS = { comfortable: 30, compact: 25 } as const;

/** The tree itself; only the rows in view exist in the page. */
export function TopologyTreeView({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const box = useRef<HTMLDivElement>(null);
  const density = useAppSelector(selectDensity);
  const rows = useAppSelector((state) => selectVisibleNodes(state, hostId));
  const [activeId, activate] = useActiveNode(hostId);
  const active = rows.findIndex((row) => row.node.id === activeId);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHTS[density],
    getItemKey: (index) => rows[index]?.node.id ?? index,
    overscan: 10,
    scrollPaddingEnd: 12,
  });
  useEffect(() => virtual.measure(), [virtual, density]);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' });
  }, [virtual, active]);
  const choose = useCallback(
    (node: TreeNode) => {
      activate(node);
      if (node.bdf !== undefined) dispatch(inspectorRevealed());
    },
    [activate, dispatch],
  );
  const onKeyDown = useTreeKeys({ hostId, rows, active, activate });
  return (
    <div
      ref={box}
      className="tree"
      role="tree"
      aria-label="Topology by root bus"
      aria-activedescendant={active < 0 ? undefined : `node-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="tree__rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <TreeRow
              key={row.node.id}
              hostId={hostId}
              index={index}
              row={row}
              isActive={index === active}
              start={start}
              size={size}
              onChoose={choose}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Functions are selected for the whole window, root buses only here. */
function useActiveNode(hostId: string) {
  const dispatch = useAppDispatch();
  const tree = useAppSelector((state) => selectTree(state, hostId));
  const selection = useAppSelector((state) => selectSelection(state, hostId));
  const [busId, setBusId] = useState<string>();
  const bdf = selection?.kind === 'function' ? selection.bdf : undefined;
  useEffect(() => {
    if (bdf === undefined) return;
    setBusId(undefined);
    dispatch(nodesToggled({ hostId, nodeIds: ancestorsOf(tree, bdf), isExpanded: true }));
  }, [dispatch, hostId, tree, bdf]);
  const activate = useCallback(
    (node: TreeNode) => {
      setBusId(node.bdf === undefined ? node.id : undefined);
      if (node.bdf !== undefined) dispatch(functionSelected(hostId, node.bdf));
    },
    [dispatch, hostId],
  );
  return [busId ?? bdf, activate] as const;
}
