import type { FunctionView } from '../../../shared/view.ts';
import type { ShownVerdict } from '../../components/verdicts.ts';
import { buildTree } from '../topology-tree/topology-tree.ts';
import type { TopologyTree, WiredFunctions } from '../topology-tree/topology-tree.ts';

/** What a picture shows: functions with their groups, as they are or as they would be. */
export interface PictureHost extends WiredFunctions {
  /** By group id; a group without a verdict (a prediction) shows none. */
  readonly verdicts: Readonly<Record<string, ShownVerdict>>;
}

/**
 * `bus` a root bus; `port` a port or bridge, one function; `card` the functions of one slot;
 * `parts` what the root complex holds for the host alone; `shares` the virtual functions of one
 * physical function.
 */
export type PictureNodeKind = 'bus' | 'port' | 'card' | 'parts' | 'shares';

export interface PictureNode {
  readonly id: string;
  readonly kind: PictureNodeKind;
  /** Functions that the node itself shows, in the order of addresses. */
  readonly functionIds: readonly string[];
  readonly parentId: string | undefined;
  readonly childIds: readonly string[];
}

export interface PictureGraph {
  readonly rootIds: readonly string[];
  readonly nodes: Readonly<Record<string, PictureNode>>;
  /** Node that shows a function. */
  readonly nodeOf: Readonly<Record<string, string>>;
}

/** The host by its wiring, each function in one node. */
export function buildPicture(host: PictureHost): PictureGraph {
  const tree = buildTree(host);
  const isPort = (fn: FunctionView) => isPortIn(host, tree, fn);
  const draft: Draft = {
    ...{ host, tree, isPort, nodes: {}, nodeOf: {}, rootIds: [] },
    hostParts: findHostParts(host, isPort),
  };
  for (const busId of tree.rootIds) addBus(draft, busId, tree.nodes[busId]?.childIds ?? []);
  // Parents in a circle hang below no root bus; a hostile file must not lose a function.
  for (const bdf of host.functionIds) addLost(draft, bdf);
  const { rootIds, nodes, nodeOf } = draft;
  return { rootIds, nodes, nodeOf };
}

/** A picture on its way. */
interface Draft {
  readonly host: PictureHost;
  readonly tree: TopologyTree;
  readonly isPort: (fn: FunctionView) => boolean;
  readonly hostParts: ReadonlySet<string>;
  readonly nodes: Record<string, PictureNode>;
  readonly nodeOf: Record<string, string>;
  readonly rootIds: string[];
}

function addBus(draft: Draft, id: string, childIds: readonly string[]): void {
  if (draft.nodes[id] === undefined) draft.rootIds.push(id);
  addNode(draft, { id, kind: 'bus', functionIds: [], parentId: undefined }, childIds);
}

function addLost(draft: Draft, bdf: string): void {
  if (draft.nodeOf[bdf] !== undefined) return;
  addBus(draft, `bus ${draft.host.functions[bdf]?.rootBus ?? ''}`, [bdf]);
}

/** A node that is there already takes more in: in a circle it can be met again below itself. */
function addNode(
  draft: Draft,
  node: Omit<PictureNode, 'childIds'>,
  below: readonly string[],
): void {
  const empty: PictureNode = { ...node, functionIds: [], childIds: [] };
  const before = draft.nodes[node.id] ?? empty;
  const functionIds = [...before.functionIds, ...node.functionIds];
  for (const bdf of node.functionIds) draft.nodeOf[bdf] = node.id;
  draft.nodes[node.id] = { ...before, functionIds };
  const added = addBelow(draft, node.id, below);
  const now = draft.nodes[node.id] ?? empty;
  draft.nodes[node.id] = { ...now, childIds: [...now.childIds, ...added] };
}

/** Adds the nodes of functions that hang below one node, in their order. */
function addBelow(draft: Draft, parentId: string, bdfs: readonly string[]): readonly string[] {
  const fresh = bdfs.filter((bdf) => draft.nodeOf[bdf] === undefined);
  const bundles = Map.groupBy(fresh, (bdf) => bundleOf(draft, bdf));
  return [...bundles].flatMap(([id, functionIds]) => {
    const kind = id.slice(0, id.indexOf(' ')) as PictureNodeKind;
    const below = functionIds.flatMap((bdf) => draft.tree.nodes[bdf]?.childIds ?? []);
    const isNew = draft.nodes[id] === undefined;
    addNode(draft, { id, kind, functionIds, parentId }, below);
    return isNew ? [id] : [];
  });
}

/** Id of the node that shows a function: its kind, then what it is of. */
function bundleOf({ host, isPort, hostParts }: Draft, bdf: string): string {
  const fn = host.functions[bdf];
  if (fn === undefined) return `card ${slotOf(bdf)}`;
  if (fn.physicalFunction !== undefined) return `shares ${fn.physicalFunction}`;
  if (isPort(fn)) return `port ${bdf}`;
  return hostParts.has(bdf) ? `parts ${fn.rootBus}` : `card ${slotOf(bdf)}`;
}

function isPortIn(host: PictureHost, tree: TopologyTree, fn: FunctionView): boolean {
  if (fn.kind === 'port' || fn.role.includes('bridge')) return true;
  const below = tree.nodes[fn.bdf]?.childIds ?? [];
  return below.some((id) => host.functions[id]?.physicalFunction === undefined);
}

/** `0000:01:00`: the slot of an address. */
function slotOf(bdf: string): string {
  return bdf.slice(0, bdf.lastIndexOf('.'));
}

/**
 * Functions on root buses that stay with the host and share a group with nothing else: a dozen host
 * bridges would hide what the picture is for.
 */
function findHostParts(
  host: PictureHost,
  isPort: (fn: FunctionView) => boolean,
): ReadonlySet<string> {
  const functions = host.functionIds.flatMap((bdf) => host.functions[bdf] ?? []);
  const isPart = (fn: FunctionView) =>
    fn.isHostPart && fn.parent === undefined && fn.physicalFunction === undefined && !isPort(fn);
  const isClosed = (set: readonly FunctionView[]) => set.every(isPart);
  const slots = Map.groupBy(functions, ({ bdf }) => slotOf(bdf));
  const groups = Map.groupBy(functions, ({ bdf, groupId }) => groupId ?? bdf);
  const parts = functions.filter(
    (fn) =>
      isClosed(slots.get(slotOf(fn.bdf)) ?? []) && isClosed(groups.get(fn.groupId ?? fn.bdf) ?? []),
  );
  return new Set(parts.map(({ bdf }) => bdf));
}
