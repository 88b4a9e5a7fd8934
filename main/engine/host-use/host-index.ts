import type { Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import { isBridge } from '../pcie-state.ts';
import type { FunctionNode, Topology } from '../topology.ts';
import { childrenOf, DISPLAY, hasBaseClass, hasSubclass, RENDER_ONLY } from './function-kind.ts';

/** Functions by what the finders ask for: a host asks for each of its groups. */
export interface HostIndex {
  /** Physical function to the number of its virtual functions that are listed. */
  readonly vfCounts: ReadonlyMap<Bdf, number>;
  /** Endpoint of a VMD to the functions behind it, bridges left out. */
  readonly vmdChildren: ReadonlyMap<Bdf, readonly FunctionNode[]>;
  /** Functions with connectors for screens. */
  readonly displays: readonly FunctionNode[];
  /** Functions with a sound card. */
  readonly sounds: readonly FunctionNode[];
  /** Vendor and device as one number to functions that vfio-pci could take. */
  readonly byIds: ReadonlyMap<number, readonly FunctionNode[]>;
}

/** Remembered by the topology, which never changes. */
const REMEMBERED = new WeakMap<Topology, HostIndex>();

export function hostIndex(topology: Topology): HostIndex {
  const remembered = REMEMBERED.get(topology);
  if (remembered) return remembered;
  const index = buildIndex(topology);
  REMEMBERED.set(topology, index);
  return index;
}

/** Vendor and device as one number; `undefined` where one is not known. */
export function idsOf({ fn }: FunctionNode): number | undefined {
  const [vendor, device] = [known(fn.vendorId), known(fn.deviceId)];
  return vendor === undefined || device === undefined ? undefined : vendor * 0x10000 + device;
}

function buildIndex({ nodes }: Topology): HostIndex {
  const vfCounts = new Map<Bdf, number>();
  const vmdChildren = new Map<Bdf, FunctionNode[]>();
  const byIds = new Map<number, FunctionNode[]>();
  for (const node of nodes) {
    const { physicalFunction } = node.fn;
    if (physicalFunction) vfCounts.set(physicalFunction, (vfCounts.get(physicalFunction) ?? 0) + 1);
    if (isBridge(node)) continue;
    if (node.vmdEndpoint) append(vmdChildren, node.vmdEndpoint.bdf, node);
    const ids = idsOf(node);
    if (ids !== undefined) append(byIds, ids, node);
  }
  return {
    vfCounts,
    vmdChildren,
    byIds,
    displays: nodes.filter(isDisplay),
    sounds: nodes.filter((node) => childrenOf(node, /^sound\//).length > 0),
  };
}

/**
 * A 3D controller (0302) has no connectors: it computes, or draws into the memory of another.
 */
function isDisplay(node: FunctionNode): boolean {
  return hasBaseClass(node, DISPLAY) && !hasSubclass(node, RENDER_ONLY) && !node.isVirtualFunction;
}

function append<K>(map: Map<K, FunctionNode[]>, key: K, node: FunctionNode): void {
  const list = map.get(key);
  if (list) list.push(node);
  else map.set(key, [node]);
}
