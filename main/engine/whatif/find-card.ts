import { bdfParts, shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { PciFunction } from '../../../shared/host.ts';
import { ok, type Failure, type Result } from '../../../shared/result.ts';
import type { ChangeErrorCode } from './change.ts';
import { findNamed, impossible, type World } from './world.ts';

/** What one takes in the hand: all functions of one slot, VFs apart. */
export interface Card {
  readonly functions: readonly PciFunction[];
  readonly bridge: PciFunction;
  /** Whether the bridge leads to a PCIe link, which has room for one card. */
  readonly isOnLink: boolean;
}

/**
 * Finds the card that a function belongs to.
 *
 * Below a PCIe port that is every function on the link (with ARI their device numbers differ), on a
 * conventional bus every function with the same device number.
 *
 * @returns A failure for what cannot be taken out: functions of the root bus, and single ports of a
 *   switch.
 */
export function findCard(world: World, bdf: Bdf): Result<Card, Failure<ChangeErrorCode>> {
  const found = findNamed(world, bdf);
  if (!found.ok) return found;
  const fn = found.value;
  const name = shortBdf(fn.bdf);
  if (fn.physicalFunction !== undefined) {
    return impossible(
      `${name} is a virtual function: it goes where its physical function ${shortBdf(fn.physicalFunction)} goes`,
    );
  }
  const bridge = world.host.functions.find((one) => one.bdf === fn.parent);
  if (bridge === undefined) {
    return impossible(`${name} is on the root bus: it is part of the root complex and in no slot`);
  }
  if (portTypeOf(bridge) === 'upstream-port') {
    return impossible(
      `${name} is a port of the switch ${shortBdf(bridge.bdf)}: only the whole switch can be moved`,
    );
  }
  const isOnLink = leadsToLink(bridge);
  const slot = bdfParts(fn.bdf).deviceNumber;
  const functions = childrenOf(world, bridge).filter(
    (one) => isOnLink || bdfParts(one.bdf).deviceNumber === slot,
  );
  return ok({ functions, bridge, isOnLink });
}

/** What lies directly below a bridge, VFs apart. */
export function childrenOf(world: World, bridge: PciFunction): readonly PciFunction[] {
  return world.host.functions.filter(
    ({ parent, physicalFunction }) => parent === bridge.bdf && physicalFunction === undefined,
  );
}

/** `undefined`: conventional, or not known. */
export function portTypeOf(fn: PciFunction): string | undefined {
  return known(known(fn.config)?.pcie)?.portType;
}

/** Root ports, downstream ports and PCI-to-PCIe bridges lead to a link; other bridges to a bus. */
export function leadsToLink(bridge: PciFunction): boolean {
  const type = portTypeOf(bridge);
  return type === 'root-port' || type === 'downstream-port' || type === 'pci-to-pcie-bridge';
}

/** Whether the function is known to speak no PCI Express. */
export function isConventional(fn: PciFunction): boolean {
  const { config } = fn;
  return config !== undefined && !isUnreadable(config) && config.pcie === undefined;
}
