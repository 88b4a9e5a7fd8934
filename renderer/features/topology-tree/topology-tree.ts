import type { HostRecord } from '../hosts/hosts-slice.ts';

/** What the tree needs of a host. */
export type WiredFunctions = Pick<HostRecord, 'functionIds' | 'functions'>;

/** One node of the tree: a root bus or a function. */
export interface TreeNode {
  /** Address of the function, or `bus 0000:00`. */
  readonly id: string;
  readonly bdf: string | undefined;
  readonly parentId: string | undefined;
  readonly childIds: readonly string[];
  /** Nodes with virtual functions start folded: there may be hundreds. */
  readonly startsFolded: boolean;
}

export interface TopologyTree {
  readonly rootIds: readonly string[];
  readonly nodes: Readonly<Record<string, TreeNode>>;
}

/** A node that shows, with its place among its siblings. */
export interface VisibleNode {
  readonly node: TreeNode;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  readonly isExpanded: boolean;
  /** For each level above: whether a line goes on to a later sibling. */
  readonly guides: readonly boolean[];
}

/** The functions by root bus, ports and bridges; virtual functions hang below their device. */
export function buildTree(host: WiredFunctions): TopologyTree {
  const childrenOf = new Map<string, string[]>();
  const rootIds: string[] = [];
  for (const bdf of host.functionIds) {
    const parentId = parentOf(host, bdf);
    if (parentId.startsWith('bus ') && !childrenOf.has(parentId)) rootIds.push(parentId);
    const siblings = childrenOf.get(parentId);
    if (siblings === undefined) childrenOf.set(parentId, [bdf]);
    else siblings.push(bdf);
  }
  const nodes: Record<string, TreeNode> = {};
  for (const id of rootIds) {
    nodes[id] = { ...leaf(id), childIds: childrenOf.get(id) ?? [] };
  }
  for (const bdf of host.functionIds) {
    const childIds = childrenOf.get(bdf) ?? [];
    const startsFolded = childIds.some((id) => host.functions[id]?.physicalFunction === bdf);
    nodes[bdf] = { id: bdf, bdf, parentId: parentOf(host, bdf), childIds, startsFolded };
  }
  return { rootIds, nodes };
}

/** The nodes that show, from top to bottom. */
export function visibleNodes(
  tree: TopologyTree,
  expanded: Readonly<Record<string, boolean>>,
): readonly VisibleNode[] {
  const visible: VisibleNode[] = [];
  const visit = (ids: readonly string[], guides: readonly boolean[]) => {
    ids.forEach((id, index) => {
      const node = tree.nodes[id];
      if (node === undefined) return;
      const isExpanded = expanded[id] ?? !node.startsFolded;
      const place = { position: index + 1, setSize: ids.length };
      visible.push({ node, level: guides.length + 1, ...place, isExpanded, guides });
      if (isExpanded) visit(node.childIds, [...guides, index + 1 < ids.length]);
    });
  };
  visit(tree.rootIds, []);
  return visible;
}

/** The nodes above a node, nearest first. */
export function ancestorsOf(tree: TopologyTree, id: string): readonly string[] {
  const ancestors: string[] = [];
  let above = tree.nodes[id]?.parentId;
  while (above !== undefined && !ancestors.includes(above)) {
    ancestors.push(above);
    above = tree.nodes[above]?.parentId;
  }
  return ancestors;
}

/** The node a function hangs below; a parent that was not read does not lose the function. */
function parentOf(host: WiredFunctions, bdf: string): string {
  const fn = host.functions[bdf];
  const above = fn?.physicalFunction ?? fn?.parent;
  if (above !== undefined && above !== bdf && host.functions[above] !== undefined) return above;
  return `bus ${fn?.rootBus ?? ''}`;
}

function leaf(id: string): TreeNode {
  return { id, bdf: undefined, parentId: undefined, childIds: [], startsFolded: false };
}
