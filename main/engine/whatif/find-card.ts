import { bdfParts, shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable } from '../../../shared/fact.ts';
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
  const above = bridgeAbove(world, fn);
  if (!above.ok) return above;
  const bridge = above.value;
  const downstream = sideBelow(bridge);
  if (downstream === 'unknown') {
    return impossible(`Whether ${shortBdf(bridge.bdf)} above ${name} is a PCIe port ${UNREAD}`);
  }
  if (downstream === 'switch') {
    return impossible(
      `${name} is a port of the switch ${shortBdf(bridge.bdf)}: only the whole switch can be moved`,
    );
  }
  const isOnLink = downstream === 'link';
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

/**
 * What a bridge leads to: a PCIe link with room for one card, the inside of a switch, a conventional
 * bus; `unknown` where its PCI Express capability could not be read.
 */
export function sideBelow(bridge: PciFunction): 'link' | 'switch' | 'bus' | 'unknown' {
  const { config } = bridge;
  if (config === undefined || isUnreadable(config) || isUnreadable(config.pcie)) return 'unknown';
  switch (config.pcie?.portType) {
    case 'root-port':
    case 'downstream-port':
    case 'pci-to-pcie-bridge':
      return 'link';
    case 'upstream-port':
      return 'switch';
    default:
      return 'bus';
  }
}

/** Ends a sentence about what a reading without root's rights does not show. */
export const UNREAD = "could not be read: read the host with root's rights";

/** A bridge that is not known is not an absent one: only the root bus has none. */
function bridgeAbove(world: World, fn: PciFunction): Result<PciFunction, Failure<ChangeErrorCode>> {
  const bridge = world.host.functions.find(({ bdf }) => bdf === fn.parent);
  if (bridge !== undefined) return ok(bridge);
  const isLost = fn.parent !== undefined || fn.inferred?.includes('topology') === true;
  return isLost
    ? impossible(`What lies above ${shortBdf(fn.bdf)} is not known: the source does not show it`)
    : impossible(
        `${shortBdf(fn.bdf)} is on the root bus: it is part of the root complex and in no slot`,
      );
}
