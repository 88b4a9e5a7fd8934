import { compareBdf, type Bdf } from '../../shared/bdf.ts';
import type { BridgeRange, Placeable } from './placeable.ts';

/**
 * Guesses which bridge leads to each bus, where a report prints addresses only. Firmware and kernel
 * number buses in depth: the first bridge of a bus gets the next number, then all bridges below it,
 * then the second bridge. Reserved numbers (hotplug) and several root buses break the rule, so what
 * comes of it is a guess.
 *
 * @returns Domain and bus (`0000:01`) to the bridge; only buses that functions lie on.
 * @see Linux drivers/pci/probe.c, `pci_scan_child_bus_extend()`
 */
export function guessBuses(
  functions: readonly Placeable[],
  ranges: readonly BridgeRange[],
): ReadonlyMap<string, Bdf> {
  const guesses = new Map<string, Bdf>();
  // Where some buses are told, those that are missing are no matter of counting.
  if (ranges.length > 0 || functions.some(({ place }) => place)) return guesses;
  const byBus = Map.groupBy(functions, ({ bdf }) => bdf.slice(0, -5));
  const reached = new Set<string>();
  for (const bus of [...byBus.keys()].sort()) {
    if (!reached.has(bus)) countBelow(bus, { byBus, reached, guesses });
  }
  return guesses;
}

interface Count {
  readonly byBus: ReadonlyMap<string, readonly Placeable[]>;
  readonly reached: Set<string>;
  readonly guesses: Map<string, Bdf>;
}

/** Counts on from a bus that nothing leads to. Without recursion: the depth is not ours. */
function countBelow(root: string, { byBus, reached, guesses }: Count): void {
  const domain = root.slice(0, -3);
  let next = parseInt(root.slice(-2), 16);
  const pending = bridgesOn(root, byBus);
  reached.add(root);
  for (let bridge = pending.pop(); bridge && next < 255; bridge = pending.pop()) {
    const bus = `${domain}:${(++next).toString(16).padStart(2, '0')}`;
    if (reached.has(bus)) return;
    reached.add(bus);
    if (byBus.has(bus)) guesses.set(bus, bridge);
    pending.push(...bridgesOn(bus, byBus));
  }
}

/** Bridges of a bus, the first one last. */
function bridgesOn(bus: string, byBus: Count['byBus']): Bdf[] {
  return (byBus.get(bus) ?? [])
    .filter(({ isBridge }) => isBridge)
    .map(({ bdf }) => bdf)
    .sort((a, b) => compareBdf(b, a));
}
