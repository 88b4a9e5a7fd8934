import type { PictureGraph, PictureHost, PictureNode } from './picture-graph.ts';

/** Nodes that a picture opens by itself: enough for a whole workstation, few enough to stay readable. */
const OPENED_AT_FIRST = 90;

/** A node that shows. */
export interface ShownNode {
  readonly node: PictureNode;
  /** Whether what it holds shows; a node that holds nothing is open. */
  readonly isOpen: boolean;
}

/** What a closed node hides. */
export interface Inside {
  readonly functions: number;
  readonly groups: number;
}

/** Whether there is something to open: nodes below, or functions that a bundle keeps to itself. */
export function canOpen(node: PictureNode): boolean {
  return node.childIds.length > 0 || isBundle(node);
}

/** Bundles hide their own functions; other nodes only what hangs below them. */
export function isBundle({ kind }: PictureNode): boolean {
  return kind === 'parts' || kind === 'shares';
}

/**
 * The nodes that start open: level by level, the near ones first, until the picture has enough.
 * Bundles start closed.
 */
export function openedAtFirst(graph: PictureGraph): ReadonlySet<string> {
  const opened = new Set<string>();
  let shown = graph.rootIds.length;
  let level: readonly string[] = graph.rootIds;
  while (level.length > 0) {
    const next: string[] = [];
    for (const id of level) {
      const node = graph.nodes[id];
      if (node === undefined || isBundle(node) || node.childIds.length === 0) continue;
      if (shown + node.childIds.length > OPENED_AT_FIRST && shown > graph.rootIds.length) continue;
      opened.add(id);
      shown += node.childIds.length;
      next.push(...node.childIds);
    }
    level = next;
  }
  return opened;
}

/**
 * The nodes that show, each before what hangs below it.
 *
 * @param choices - What a person opened or closed, by node id; wins over `opened`.
 */
export function shownNodes(
  graph: PictureGraph,
  opened: ReadonlySet<string>,
  choices: Readonly<Record<string, boolean>>,
): readonly ShownNode[] {
  const shown: ShownNode[] = [];
  const visit = (ids: readonly string[]) => {
    for (const id of ids) {
      const node = graph.nodes[id];
      if (node === undefined) continue;
      const isOpen = !canOpen(node) || (choices[id] ?? opened.has(id));
      shown.push({ node, isOpen });
      if (isOpen) visit(node.childIds);
    }
  };
  visit(graph.rootIds);
  return shown;
}

/** The functions that a shown node has a line for. */
export function shownFunctions({ node, isOpen }: ShownNode): readonly string[] {
  return isOpen || !isBundle(node) ? node.functionIds : [];
}

/** The functions that are hidden in a closed node. */
export function hiddenFunctions(
  graph: PictureGraph,
  { node, isOpen }: ShownNode,
): readonly string[] {
  if (isOpen) return [];
  const below = node.childIds.flatMap((id) => functionsFrom(graph, id));
  return isBundle(node) ? [...node.functionIds, ...below] : below;
}

export function insideOf(graph: PictureGraph, host: PictureHost, shown: ShownNode): Inside {
  const hidden = hiddenFunctions(graph, shown);
  const groups = new Set(hidden.flatMap((bdf) => host.functions[bdf]?.groupId ?? []));
  return { functions: hidden.length, groups: groups.size };
}

/** The nodes that must be open for a function to show. */
export function nodesAround(graph: PictureGraph, bdf: string): readonly string[] {
  const nodes: string[] = [];
  let node = graph.nodes[graph.nodeOf[bdf] ?? ''];
  if (node !== undefined && isBundle(node)) nodes.push(node.id);
  while (node?.parentId !== undefined) {
    nodes.push(node.parentId);
    node = graph.nodes[node.parentId];
  }
  return nodes;
}

function functionsFrom(graph: PictureGraph, id: string): readonly string[] {
  const node = graph.nodes[id];
  if (node === undefined) return [];
  return [...node.functionIds, ...node.childIds.flatMap((child) => functionsFrom(graph, child))];
}
