import { isUnreadable } from '../../shared/fact.ts';
import type { Doubt } from '../../shared/isolation.ts';
import type { AliasRow, BridgeFlag } from '../quirks/tables.ts';
import type { EngineContext } from './context.ts';
import { bar0Unreadable, dependsOnBackport, NO_DOUBTS } from './doubts.ts';
import { configOf, pcieStateOf } from './pcie-state.ts';
import type { FunctionNode } from './topology.ts';

/**
 * The DMA-alias layer: the one place that answers under which requester IDs the DMA of a function
 * appears. Grouping, explanations and VM placement ask here.
 */

/** Other devfns on the function's own bus under which its DMA may appear. */
export interface AliasMask {
  /** `whole-bus`: all 256. */
  readonly devfns: ReadonlySet<number> | 'whole-bus';
  /** What says so: `quirk_dma_func1_alias() for 1b4b:9172`, `IVRS`. */
  readonly source: string;
  readonly doubts: readonly Doubt[];
}

/** One stop of the walk from a function towards the root. */
export interface AliasStop {
  readonly node: FunctionNode;
  /** 16 bits: bus 15-8, devfn 7-0. */
  readonly requesterId: number;
  readonly why: 'own' | 'vmd' | 'bridge';
}

/**
 * GR-2: aliases on the same bus, by fixup or by the ACPI table IVRS.
 *
 * @returns `undefined` for the many functions that have none.
 * @see Linux drivers/pci/quirks.c, callers of `pci_add_dma_alias()`; drivers/iommu/amd/iommu.c,
 *   `setup_aliases()`
 */
export function aliasMaskOf(node: FunctionNode, context: EngineContext): AliasMask | undefined {
  const { vendorId, deviceId } = node.fn;
  const rows =
    typeof vendorId === 'number' && typeof deviceId === 'number'
      ? context.quirks.aliasRows(vendorId, deviceId)
      : [];
  return (
    rows.map((row) => maskOfRow(row, node, context)).find((mask) => mask !== undefined) ??
    maskOfIvrs(node, context)
  );
}

function maskOfRow(
  row: AliasRow,
  node: FunctionNode,
  context: EngineContext,
): AliasMask | undefined {
  const source = `${row.kernelFunction}() for ${row.vendor}:${row.device}`;
  const doubts =
    row.presence === 'present' ? NO_DOUBTS : [dependsOnBackport(node.bdf, row.kernelFunction)];
  const slot = node.devfn & ~7;
  const mask = (...devfns: readonly number[]): AliasMask => ({
    devfns: new Set(devfns.filter((devfn) => devfn !== node.devfn)),
    source,
    doubts,
  });
  switch (row.alias) {
    case 'function-0':
      return node.devfn === slot ? undefined : mask(slot);
    case 'function-1':
      return node.devfn === slot + 1 ? undefined : mask(slot + 1);
    case 'fixed': {
      const devfn = fixedAliasOf(node, context);
      return devfn === undefined ? undefined : mask(devfn);
    }
    case 'mic-x200':
      return mask(0x80, 0x88, 0x93);
    case 'pex-vca':
      return mask(...pexVcaDevfns());
    case 'whole-bus':
      return { devfns: 'whole-bus', source, doubts };
    case 'switchtec-ntb':
      return isOtherBridgeClass(node)
        ? { ...mask(), doubts: [bar0Unreadable(node.bdf)] }
        : undefined;
  }
}

/** `fixed_dma_alias_tbl[]` asks for the subsystem too. */
function fixedAliasOf(node: FunctionNode, { quirks }: EngineContext): number | undefined {
  const { vendorId, deviceId, subsystem } = node.fn;
  const areRead =
    typeof vendorId === 'number' && typeof deviceId === 'number' && typeof subsystem === 'number';
  return areRead ? quirks.fixedAlias(vendorId, deviceId, subsystem) : undefined;
}

/** `quirk_switchtec_ntb_dma_alias()` is declared for class 0680 only. */
function isOtherBridgeClass(node: FunctionNode): boolean {
  return typeof node.fn.classCode === 'number' && node.fn.classCode >> 8 === 0x0680;
}

/** Functions 0 to 4 of all 32 device numbers. */
function pexVcaDevfns(): readonly number[] {
  return Array.from({ length: 32 * 5 }, (_, at) => Math.floor(at / 5) * 8 + (at % 5));
}

function maskOfIvrs(node: FunctionNode, context: EngineContext): AliasMask | undefined {
  const { ivrsAliases } = context.host.iommu;
  if (ivrsAliases === undefined || isUnreadable(ivrsAliases)) return undefined;
  if (context.iommu.provider !== 'amd-vi') return undefined;
  const requesterId = requesterIdOf(node);
  const domain = node.busKey >> 8;
  const devfns = ivrsAliases
    .filter((entry) => entry.domain === domain && entry.source === requesterId)
    .filter((entry) => entry.alias >> 8 === requesterId >> 8 && entry.alias !== requesterId)
    .map((entry) => entry.alias & 0xff);
  return devfns.length === 0
    ? undefined
    : { devfns: new Set(devfns), source: 'ACPI table IVRS', doubts: NO_DOUBTS };
}

/** Bus and devfn as the function itself sends them. */
export function requesterIdOf(node: FunctionNode): number {
  return (node.busKey & 0xff) * 256 + node.devfn;
}

/**
 * GR-1: the stops of a function's DMA on its way to the root: itself (or the VMD endpoint in whose
 * name it works), then each bridge that puts its own requester ID in place.
 *
 * @returns At least one stop; the last is the representative of the function for mappings.
 * @see Linux drivers/pci/search.c, `pci_for_each_dma_alias()`
 */
export function walkAliases(start: FunctionNode, context: EngineContext): readonly AliasStop[] {
  const node = realDmaDevice(start);
  const stops: AliasStop[] = [
    { node, requesterId: requesterIdOf(node), why: node === start ? 'own' : 'vmd' },
  ];
  for (let bridge = node.parent; bridge !== undefined; bridge = bridge.parent) {
    if (hasFlag(bridge, 'translation-root', context)) break;
    const requesterId = bridgeRequesterId(bridge, context);
    if (requesterId !== undefined) stops.push({ node: bridge, requesterId, why: 'bridge' });
    if (stops.length > context.topology.nodes.length) break;
  }
  return stops;
}

/** `pci_real_dma_dev()`: on x86 the children of a VMD domain work in the name of its endpoint. */
function realDmaDevice(node: FunctionNode): FunctionNode {
  return node.vmdEndpoint ?? node;
}

/** The requester ID under which a bridge passes requests on; `undefined`: it keeps theirs. */
function bridgeRequesterId(bridge: FunctionNode, context: EngineContext): number | undefined {
  const pcie = pcieStateOf(bridge);
  if (pcie.state === 'pcie') {
    if (pcie.portType === 'pci-to-pcie-bridge') return requesterIdOf(bridge);
    if (pcie.portType !== 'pcie-to-pci-bridge') return undefined;
    return hasFlag(bridge, 'keeps-requester-id', context) ? undefined : secondaryId(bridge);
  }
  // Without configuration space a bridge is taken for a port: ACS is unknown there anyway.
  if (pcie.state === 'unknown') return undefined;
  return isAliasBridge(bridge, context) ? secondaryId(bridge) : requesterIdOf(bridge);
}

/**
 * `quirk_use_pcie_bridge_dma_alias()`: PCIe-to-PCI bridges that lack the capability which would
 * say so; only below a PCIe port.
 */
function isAliasBridge(bridge: FunctionNode, context: EngineContext): boolean {
  const { parent } = bridge;
  if (parent === undefined || configOf(bridge)?.headerType !== 1) return false;
  const above = pcieStateOf(parent);
  if (above.state !== 'pcie' || above.portType === 'pcie-to-pci-bridge') return false;
  return hasFlag(bridge, 'alias-as-bridge', context);
}

function hasFlag(bridge: FunctionNode, flag: BridgeFlag, context: EngineContext): boolean {
  const { vendorId, deviceId } = bridge.fn;
  if (typeof vendorId !== 'number' || typeof deviceId !== 'number') return false;
  return context.quirks
    .bridgeRows(vendorId, deviceId)
    .some((row) => row.flag === flag && row.presence === 'present');
}

function secondaryId(bridge: FunctionNode): number {
  return (configOf(bridge)?.bridge?.secondary ?? 0) * 256;
}
