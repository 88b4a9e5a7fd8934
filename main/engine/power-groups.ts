import { isUnreadable } from '../../shared/fact.ts';
import type { Doubt, Reason } from '../../shared/isolation.ts';
import type { EngineContext } from './context.ts';
import { NO_DOUBTS, platformModel, platformUnknown } from './doubts.ts';
import type { Assignment } from './pci-groups.ts';
import { isBridge, pcieStateOf } from './pcie-state.ts';
import type { FunctionNode } from './topology.ts';

/**
 * GR-20: on bare-metal POWER a group is a partitionable endpoint (PE): one for each bus, one for a
 * PCIe-to-PCI bridge's secondary bus with all buses under it, one for each VF. Bridges are in none.
 *
 * @see Linux arch/powerpc/platforms/powernv/pci-ioda.c, `pnv_ioda_setup_bus_PE()` and
 *   `pnv_pci_ioda_setup_DMA()`
 */
export function formPowernvGroups(
  context: EngineContext,
  isCovered: (node: FunctionNode) => boolean,
): ReadonlyMap<number, Assignment> {
  return assignByKey(
    context,
    (node) => {
      if (!isCovered(node) || isBridge(node)) return undefined;
      if (node.isVirtualFunction) return `VF ${node.bdf}`;
      const bridge = conventionalBridgeAbove(node);
      return bridge ? `buses below ${bridge.bdf}` : `bus ${node.bdf.slice(0, -5)}`;
    },
    'GR-20',
    isUnreadable(context.host.iommu.platform) ? [platformUnknown()] : NO_DOUBTS,
  );
}

/**
 * GR-21: in a logical partition the hypervisor gives the endpoints: one for each host bridge, with
 * its bridges.
 *
 * @see Linux arch/powerpc/platforms/pseries/iommu.c, `iommu_add_device()` callers
 */
export function formPseriesGroups(
  context: EngineContext,
  isCovered: (node: FunctionNode) => boolean,
): ReadonlyMap<number, Assignment> {
  const keyOf = (node: FunctionNode) =>
    isCovered(node) ? `host bridge ${node.fn.rootBus}` : undefined;
  return assignByKey(context, keyOf, 'GR-21', [platformModel()]);
}

/**
 * GR-22: on s390 each function is a group; there is no topology to look at.
 *
 * @see Linux drivers/iommu/s390-iommu.c, `.device_group = generic_device_group`
 */
export function formS390Groups(
  context: EngineContext,
  isCovered: (node: FunctionNode) => boolean,
): ReadonlyMap<number, Assignment> {
  return assignByKey(context, (node) => (isCovered(node) ? node.bdf : undefined), 'GR-22');
}

/** One group for each key, in order of first use. */
function assignByKey(
  context: EngineContext,
  keyOf: (node: FunctionNode) => string | undefined,
  rule: string,
  doubts: readonly Doubt[] = NO_DOUBTS,
): ReadonlyMap<number, Assignment> {
  const first = new Map<string, { group: number; node: FunctionNode }>();
  const assigned = new Map<number, Assignment>();
  for (const node of context.topology.nodes) {
    const key = keyOf(node);
    if (key === undefined) continue;
    const known = first.get(key);
    const group = known?.group ?? first.size;
    if (!known) first.set(key, { group, node });
    const reason: Reason = known
      ? { kind: 'same-pe', rule, other: known.node.bdf, pe: key }
      : { kind: 'own', rule: 'GR-8' };
    assigned.set(node.index, { group, reason, doubts });
  }
  return assigned;
}

/** The uppermost PCIe-to-PCI (or conventional) bridge on the way to the root. */
function conventionalBridgeAbove(node: FunctionNode): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let bridge = node.parent; bridge !== undefined; bridge = bridge.parent) {
    const pcie = pcieStateOf(bridge);
    const isConventional =
      pcie.state === 'conventional' ||
      (pcie.state === 'pcie' && pcie.portType === 'pcie-to-pci-bridge');
    if (isConventional) found = bridge;
  }
  return found;
}
