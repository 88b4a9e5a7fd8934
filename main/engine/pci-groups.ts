import type { Doubt, Reason } from '../../shared/isolation.ts';
import { testPath, type PathVerdict } from './acs-path.ts';
import { testAcs } from './acs-test.ts';
import type { EngineContext } from './context.ts';
import { aliasMaskOf, walkAliases, type AliasMask } from './dma-alias.ts';
import { doubtsOfIds, joinDoubts, NO_DOUBTS, topologyIncomplete } from './doubts.ts';
import type { FunctionNode } from './topology.ts';

/** One function's place: a number that stands for its group, and why. */
export interface Assignment {
  readonly group: number;
  readonly reason: Reason;
  readonly doubts: readonly Doubt[];
}

/**
 * Forms groups by the PCI rules, function by function in the kernel's order, exactly as the kernel
 * does: a function joins the first group that it must share, or begins one; groups never merge.
 *
 * @param isCovered - GR-30: whether an IOMMU covers the function. Others get no group, but still
 *   act as bridges.
 * @returns Assignments by index of the function.
 * @see Linux drivers/iommu/iommu.c, `pci_device_group()`; unchanged from 5.10 to 7.1, and before
 *   5.10 but for VMD
 */
export function formPciGroups(
  context: EngineContext,
  isCovered: (node: FunctionNode) => boolean,
): ReadonlyMap<number, Assignment> {
  const state: State = {
    context,
    assigned: new Map(),
    paths: new Map(),
    masks: new Map(),
    aliasing: aliasingByBus(context),
    nextGroup: 0,
  };
  for (const node of context.topology.nodes) {
    if (isCovered(node)) state.assigned.set(node.index, placeWithDoubts(node, state));
  }
  return state.assigned;
}

interface State {
  readonly context: EngineContext;
  readonly assigned: Map<number, Assignment>;
  readonly paths: Map<number, PathVerdict>;
  readonly masks: Map<number, AliasMask | undefined>;
  /** Functions with aliases, by bus: all others need not be compared. */
  readonly aliasing: ReadonlyMap<number, readonly FunctionNode[]>;
  nextGroup: number;
}

/** A group found, with the decision that found it. */
interface Found {
  readonly group: number;
  readonly reason: Reason;
  readonly doubts: readonly Doubt[];
}

/**
 * A function whose bridge is not known is placed as if it were on the root bus, and says so; one
 * without ids as if the kernel made no exception for it.
 */
function placeWithDoubts(node: FunctionNode, state: State): Assignment {
  const found = place(node, state);
  const placed = { ...found, doubts: joinDoubts(found.doubts, doubtsOfIds(node)) };
  const isLost =
    node.fn.inferred?.includes('topology') === true ||
    (node.fn.parent !== undefined && node.parent === undefined);
  return isLost
    ? { ...placed, doubts: joinDoubts(placed.doubts, [topologyIncomplete(node.bdf)]) }
    : placed;
}

function place(node: FunctionNode, state: State): Assignment {
  const walk = joinByRequesterId(node, state);
  if (walk.found) return walk.found;
  const climb = joinByPath(walk.last, state);
  const doubts = joinDoubts(walk.doubts, climb.doubts);
  if (climb.found) return { ...climb.found, doubts };
  const consulted: { doubts: readonly Doubt[] } = { doubts };
  const found =
    joinByAlias(climb.last, new Set(), state, consulted) ??
    joinBySlot(climb.last, new Set(), state, consulted);
  if (found) return { ...found, doubts: consulted.doubts };
  return { ...begin(climb.last, climb.because, state), doubts: consulted.doubts };
}

/** GR-1: the first group on the way of the function's requester IDs. */
function joinByRequesterId(node: FunctionNode, state: State) {
  const stops = walkAliases(node, state.context);
  for (const stop of stops) {
    const existing = state.assigned.get(stop.node.index);
    if (existing === undefined) continue;
    const reason: Reason =
      stop.why === 'vmd'
        ? { kind: 'vmd', rule: 'GR-7', endpoint: stop.node.bdf }
        : { kind: 'alias-bridge', rule: 'GR-1', bridge: stop.node.bdf };
    return {
      found: { group: existing.group, reason, doubts: NO_DOUBTS },
      last: node,
      doubts: NO_DOUBTS,
    };
  }
  return { found: undefined, last: stops.at(-1)?.node ?? node, doubts: NO_DOUBTS };
}

/** GR-4: climbs to the first port from which the path to the root is good. */
function joinByPath(start: FunctionNode, state: State) {
  let last = start;
  let because: Reason | undefined;
  for (let bridge = start.parent; bridge !== undefined; bridge = bridge.parent) {
    const path = testPath(bridge, state.context, state.paths);
    if (path.failing === undefined) return { found: undefined, last, because, doubts: path.doubts };
    because = {
      kind: 'no-acs-path',
      rule: 'GR-4',
      bridge: bridge.bdf,
      failing: path.failing.bdf,
      why: path.failing,
    };
    const existing = state.assigned.get(bridge.index);
    if (existing !== undefined) {
      return {
        found: { group: existing.group, reason: because, doubts: path.doubts },
        last,
        because,
        doubts: path.doubts,
      };
    }
    last = bridge;
  }
  return { found: undefined, last, because, doubts: doubtsOf(because) };
}

function doubtsOf(because: Reason | undefined): readonly Doubt[] {
  return because?.kind === 'no-acs-path' ? because.why.doubts : NO_DOUBTS;
}

/**
 * GR-2: functions of one bus that use each other's requester IDs; follows chains of them.
 *
 * @see Linux drivers/iommu/iommu.c, `get_pci_alias_group()`
 */
function joinByAlias(
  node: FunctionNode,
  seen: Set<number>,
  state: State,
  consulted: { doubts: readonly Doubt[] },
): Found | undefined {
  if (seen.has(node.devfn)) return undefined;
  seen.add(node.devfn);
  const existing = state.assigned.get(node.index);
  if (existing) return { group: existing.group, reason: existing.reason, doubts: NO_DOUBTS };
  for (const other of candidates(node, state)) {
    const mask = sharedMask(node, other, state);
    if (mask === undefined) continue;
    consulted.doubts = joinDoubts(consulted.doubts, mask.doubts);
    const found =
      joinByAlias(other, seen, state, consulted) ?? joinBySlot(other, seen, state, consulted);
    if (found) {
      const reason: Reason = {
        kind: 'alias-devfn',
        rule: 'GR-2',
        other: other.bdf,
        source: mask.source,
      };
      return { ...found, reason };
    }
  }
  return undefined;
}

/** Only functions with aliases can alias; the function's own mask can reach any on its bus. */
function candidates(node: FunctionNode, state: State): readonly FunctionNode[] {
  const aliasing = state.aliasing.get(node.busKey);
  if (aliasing === undefined) return [];
  return maskOf(node, state) === undefined ? aliasing : state.context.topology.onBus(node);
}

/** `pci_devs_are_dma_aliases()`: either may carry the other's requester ID. */
function sharedMask(a: FunctionNode, b: FunctionNode, state: State): AliasMask | undefined {
  if (a === b) return undefined;
  const ofA = maskOf(a, state);
  if (ofA !== undefined && reaches(ofA, b)) return ofA;
  const ofB = maskOf(b, state);
  return ofB !== undefined && reaches(ofB, a) ? ofB : undefined;
}

function reaches(mask: AliasMask, node: FunctionNode): boolean {
  return mask.devfns === 'whole-bus' || mask.devfns.has(node.devfn);
}

function maskOf(node: FunctionNode, state: State): AliasMask | undefined {
  if (!state.masks.has(node.index)) {
    state.masks.set(node.index, aliasMaskOf(node, state.context));
  }
  return state.masks.get(node.index);
}

/**
 * GR-6: functions of one slot that do not isolate share a group.
 *
 * @see Linux drivers/iommu/iommu.c, `get_pci_function_alias_group()`
 */
function joinBySlot(
  node: FunctionNode,
  seen: Set<number>,
  state: State,
  consulted: { doubts: readonly Doubt[] },
): Found | undefined {
  if (!node.isMultifunction) return undefined;
  const slot = state.context.topology.inSlot(node);
  if (slot.length < 2) return undefined;
  const others = slot.filter((other) => other !== node);
  const own = testAcs(node, state.context);
  const verdicts = others.map((other) => testAcs(other, state.context));
  if (own.isIsolated === undefined && verdicts.every(({ isIsolated }) => isIsolated === true)) {
    // There is nobody to share with, whatever the function itself does.
    for (const { doubts } of verdicts) consulted.doubts = joinDoubts(consulted.doubts, doubts);
    return undefined;
  }
  consulted.doubts = joinDoubts(consulted.doubts, own.doubts);
  if (own.isIsolated === true) return undefined;
  for (const other of others) {
    const theirs = testAcs(other, state.context);
    consulted.doubts = joinDoubts(consulted.doubts, theirs.doubts);
    if (theirs.isIsolated === true) continue;
    const found = joinByAlias(other, seen, state, consulted);
    if (found) {
      return { ...found, reason: { kind: 'mf-slot', rule: 'GR-6', other: other.bdf, own, theirs } };
    }
  }
  return undefined;
}

/** A new group; when the path was bad but the bridge above has no group, that is still the why. */
function begin(last: FunctionNode, because: Reason | undefined, state: State): Found {
  const group = state.nextGroup++;
  return { group, reason: because ?? { kind: 'own', rule: 'GR-8' }, doubts: NO_DOUBTS };
}

function aliasingByBus(context: EngineContext): ReadonlyMap<number, readonly FunctionNode[]> {
  const byBus = new Map<number, FunctionNode[]>();
  for (const node of context.topology.nodes) {
    if (aliasMaskOf(node, context) === undefined) continue;
    byBus.set(node.busKey, [...(byBus.get(node.busKey) ?? []), node]);
  }
  return byBus;
}
