import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { focusInspector } from '../selection/focus-inspector.ts';
import { inspectorRevealed } from '../selection/selection-slice.ts';
import { nodesToggled } from './topology-slice.ts';
import type { TreeNode, VisibleNode } from './topology-tree.ts';

interface TreeKeys {
  readonly hostId: string;
  readonly rows: readonly VisibleNode[];
  readonly active: number;
  readonly activate: (node: TreeNode) => void;
}

/** Keys of a tree as people know them: arrows, Home, End, Enter, and typing the start of a name. */
export function useTreeKeys({ hostId, rows, active, activate }: TreeKeys) {
  const dispatch = useAppDispatch();
  const host = useAppSelector((state) => selectHost(state, hostId));
  const typed = useRef({ text: '', atMs: 0 });
  const row = rows[active];
  const go = (index: number) => {
    const node = rows[Math.max(0, Math.min(rows.length - 1, index))]?.node;
    if (node !== undefined) activate(node);
  };
  const toggle = (isExpanded: boolean) => {
    if (row !== undefined) dispatch(nodesToggled({ hostId, nodeIds: [row.node.id], isExpanded }));
  };
  const right = () => (row?.isExpanded === false ? toggle(true) : go(active + 1));
  const left = () => {
    if (row?.isExpanded === true && row.node.childIds.length > 0) toggle(false);
    else go(rows.findIndex(({ node }) => node.id === row?.node.parentId));
  };
  const explain = () => {
    dispatch(inspectorRevealed());
    focusInspector();
  };
  const typeAhead = (key: string, nowMs: number) => {
    const text = nowMs - typed.current.atMs > 800 ? key : typed.current.text + key;
    typed.current = { text, atMs: nowMs };
    const found = findTyped(rows, host, text.toLowerCase(), text.length > 1 ? active : active + 1);
    if (found !== undefined) go(found);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(active + 1),
    ArrowUp: () => go(active - 1),
    ArrowRight: right,
    ArrowLeft: left,
    Home: () => go(0),
    End: () => go(rows.length - 1),
    Enter: explain,
  };
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keys[event.key];
    if (action !== undefined) action();
    else if (event.key.length === 1 && event.key !== ' ') typeAhead(event.key, event.timeStamp);
    else return;
    event.preventDefault();
  };
}

/** The next row from `from` on, around the end, whose address or name starts with the text. */
function findTyped(
  rows: readonly VisibleNode[],
  host: HostRecord | undefined,
  text: string,
  from: number,
): number | undefined {
  for (let step = 0; step < rows.length; step += 1) {
    const index = (Math.max(0, from) + step) % rows.length;
    const id = rows[index]?.node.id ?? '';
    const name = host?.functions[id]?.name.toLowerCase() ?? '';
    if ([id, id.slice(5), name].some((word) => word.startsWith(text))) return index;
  }
  return undefined;
}
