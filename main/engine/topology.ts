import { bdfParts, type Bdf } from '../../shared/bdf.ts';
import { isUnreadable } from '../../shared/fact.ts';
import type { Host, PciFunction } from '../../shared/host.ts';

/** One function with what the kernel derives from its neighbours. */
export interface FunctionNode {
  /** Position in the kernel's order of registration. */
  readonly index: number;
  readonly fn: PciFunction;
  readonly bdf: Bdf;
  readonly devfn: number;
  /** Domain and bus as one number: the kernel's bus object. */
  readonly busKey: number;
  /** The bridge above; virtual buses of VFs are skipped, as the kernel skips them. */
  readonly parent: FunctionNode | undefined;
  /** VMD: the endpoint in whose name the function does DMA. */
  readonly vmdEndpoint: FunctionNode | undefined;
  readonly isVirtualFunction: boolean;
  /** GR-3. */
  readonly isMultifunction: boolean;
}

/** All functions of a host, indexed the ways in which the rules ask for them. */
export interface Topology {
  readonly nodes: readonly FunctionNode[];
  find(bdf: Bdf): FunctionNode | undefined;
  /** Functions on the same bus object, in order of registration, the function itself included. */
  onBus(node: FunctionNode): readonly FunctionNode[];
  /** Functions with the same bus and device number, the function itself included. */
  inSlot(node: FunctionNode): readonly FunctionNode[];
  /** Direct children of a bridge. */
  below(node: FunctionNode): readonly FunctionNode[];
}

/** Builds the index; linear in the number of functions. */
export function buildTopology(host: Host): Topology {
  const slotCounts = countSlots(host.functions);
  const byBdf = new Map<Bdf, FunctionNode>();
  const nodes: Mutable<FunctionNode>[] = host.functions.map((fn, index) => {
    const node = makeNode(fn, index, slotCounts);
    byBdf.set(fn.bdf, node);
    return node;
  });
  for (const node of nodes) {
    node.parent = node.fn.parent && byBdf.get(node.fn.parent);
    node.vmdEndpoint = node.fn.vmdEndpoint && byBdf.get(node.fn.vmdEndpoint);
  }
  const buses = groupBy(nodes, (node) => node.busKey);
  const slots = groupBy(nodes, slotKeyOf);
  const children = groupBy(nodes, (node) => node.parent?.index ?? -1);
  return {
    nodes,
    find: (bdf) => byBdf.get(bdf),
    onBus: (node) => buses.get(node.busKey) ?? [],
    inSlot: (node) => slots.get(slotKeyOf(node)) ?? [],
    below: (node) => children.get(node.index) ?? [],
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function makeNode(
  fn: PciFunction,
  index: number,
  slotCounts: ReadonlyMap<string, number>,
): Mutable<FunctionNode> {
  const parts = bdfParts(fn.bdf);
  const isVirtualFunction = fn.physicalFunction !== undefined;
  return {
    index,
    fn,
    bdf: fn.bdf,
    devfn: parts.deviceNumber * 8 + parts.functionNumber,
    busKey: parts.domain * 256 + parts.bus,
    parent: undefined,
    vmdEndpoint: undefined,
    isVirtualFunction,
    isMultifunction: !isVirtualFunction && isMultifunction(fn, parts.functionNumber, slotCounts),
  };
}

/**
 * GR-3: header bit 7, or any function number but 0; with ARI the device number is part of the
 * function number. Without configuration space, a second function in the slot proves it, because
 * the scan looks for more functions only where function 0 has the bit.
 *
 * @see Linux drivers/pci/probe.c, `pci_scan_slot()` and `pci_setup_device()`
 */
function isMultifunction(
  fn: PciFunction,
  functionNumber: number,
  slotCounts: ReadonlyMap<string, number>,
): boolean {
  if (functionNumber !== 0) return true;
  if (fn.config !== undefined && !isUnreadable(fn.config)) {
    if (fn.config.hasMultifunctionBit) return true;
    return fn.parent !== undefined && fn.config.hasAri === true && !fn.bdf.endsWith(':00.0');
  }
  return (slotCounts.get(fn.bdf.slice(0, -2)) ?? 0) > 1;
}

function countSlots(functions: readonly PciFunction[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { bdf, physicalFunction } of functions) {
    if (physicalFunction !== undefined) continue;
    const slot = bdf.slice(0, -2);
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  return counts;
}

function slotKeyOf(node: FunctionNode): number {
  return node.busKey * 32 + (node.devfn >> 3);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => number): ReadonlyMap<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
