import { bdfParts, compareBdf, formatBdf, type Bdf } from '../../shared/bdf.ts';
import { isUnreadable } from '../../shared/fact.ts';
import type { FactOrigin } from '../../shared/report.ts';
import type { DevicePlace } from '../host/device-path.ts';
import { guessBuses } from './guess-buses.ts';
import type { BridgeRange, Placeable } from './placeable.ts';

/** Where a function hangs, and how that is known. */
export interface Placed extends DevicePlace {
  readonly origin: FactOrigin;
  readonly physicalFunction: Bdf | undefined;
  /** True where buses of bridges are missing: the place was guessed by bus numbers, or not found. */
  readonly isGuessed: boolean;
}

/**
 * Finds what is above each function: by its path, else by the buses of the bridges, else by
 * numbering buses as firmware does, which is a guess and said to be one.
 */
export function placeFunctions(functions: readonly Placeable[]): ReadonlyMap<Bdf, Placed> {
  const bridges = collectBridges(functions);
  const virtual = virtualFunctions(functions);
  const placed = new Map<Bdf, Placed>();
  const context: Context = {
    bridges: Map.groupBy(bridges, ({ domain }) => domain),
    guesses: guessBuses(functions, bridges),
    openDomains: openDomains(functions),
    placed,
    byBus: new Map(),
  };
  for (const fn of functions.toSorted((a, b) => compareBdf(a.bdf, b.bdf))) {
    const physical = fn.physicalFunction ?? virtual.get(fn.bdf);
    placed.set(fn.bdf, placeOne(fn, physical, context));
  }
  return placed;
}

type BusPlace = Omit<Placed, 'physicalFunction'>;

interface Context {
  readonly bridges: ReadonlyMap<number, readonly BridgeRange[]>;
  readonly guesses: ReadonlyMap<string, Bdf>;
  /** Domains in which the buses of some bridge are not known. */
  readonly openDomains: ReadonlySet<number>;
  readonly placed: ReadonlyMap<Bdf, Placed>;
  /** Functions of one bus have one place. */
  readonly byBus: Map<string, BusPlace>;
}

/** A bridge without buses below has zeros there. */
function collectBridges(functions: readonly Placeable[]): readonly BridgeRange[] {
  return functions.flatMap(({ bdf, config }) => {
    const { domain, bus } = bdfParts(bdf);
    const numbers = config?.bridge;
    return numbers !== undefined && numbers.secondary > bus ? [{ ...numbers, bdf, domain }] : [];
  });
}

function placeOne(fn: Placeable, physical: Bdf | undefined, context: Context): Placed {
  if (fn.place) {
    const origin = fn.placeOrigin ?? 'sysfs';
    return { ...fn.place, origin, physicalFunction: physical, isGuessed: false };
  }
  const above = physical && context.placed.get(physical);
  if (above) return { ...above, physicalFunction: physical };
  const bus = fn.bdf.slice(0, -5);
  const known = context.byBus.get(bus) ?? placeByBus(fn.bdf, bus, context);
  context.byBus.set(bus, known);
  return { ...known, physicalFunction: physical };
}

function placeByBus(bdf: Bdf, ownBus: string, context: Context): BusPlace {
  const { domain, bus } = bdfParts(bdf);
  const own = context.bridges.get(domain) ?? [];
  const exact = own.find(({ secondary }) => secondary === bus);
  if (exact) return below(exact.bdf, 'lspci', false, context);
  // The narrowest range around the bus: its own bridge is missing in the report.
  const [around] = own
    .filter(({ secondary, subordinate }) => secondary < bus && bus <= subordinate)
    .sort((a, b) => a.subordinate - a.secondary - (b.subordinate - b.secondary));
  if (around) return below(around.bdf, 'inferred', true, context);
  const guess = context.guesses.get(ownBus);
  if (guess) return below(guess, 'inferred', true, context);
  // A bus that no bridge leads to is a root bus, where the buses of all bridges are known.
  const isGuessed = bus !== 0 && context.openDomains.has(domain);
  const root = { rootBus: ownBus, parent: undefined, vmdEndpoint: undefined };
  return { ...root, origin: 'inferred', isGuessed };
}

function below(bridge: Bdf, origin: FactOrigin, isGuessed: boolean, { placed }: Context): BusPlace {
  const above = placed.get(bridge);
  return {
    rootBus: above?.rootBus ?? bridge.slice(0, -5),
    parent: bridge,
    vmdEndpoint: above?.vmdEndpoint,
    origin,
    isGuessed: isGuessed || above?.isGuessed === true,
  };
}

function openDomains(functions: readonly Placeable[]): ReadonlySet<number> {
  const open = functions.filter(({ isBridge, config }) => isBridge && config?.bridge === undefined);
  return new Set(open.map(({ bdf }) => bdfParts(bdf).domain));
}

/**
 * VFs by the addresses that their PF gives them.
 *
 * @see PCI Express Base Specification, "First VF Offset", "VF Stride"
 */
function virtualFunctions(functions: readonly Placeable[]): ReadonlyMap<Bdf, Bdf> {
  const found = new Map<Bdf, Bdf>();
  for (const { bdf, config } of functions) {
    const sriov = config?.sriov;
    if (sriov === undefined || isUnreadable(sriov) || !sriov.isEnabled) continue;
    const { domain, bus, deviceNumber, functionNumber } = bdfParts(bdf);
    const own = bus * 256 + deviceNumber * 8 + functionNumber;
    for (let at = 0; at < sriov.numVfs; at++) {
      const id = own + sriov.firstVfOffset + at * sriov.vfStride;
      if (id > 0xffff) break;
      found.set(addressOf(domain, id), bdf);
    }
  }
  return found;
}

function addressOf(domain: number, requesterId: number): Bdf {
  return formatBdf({
    domain,
    bus: requesterId >> 8,
    deviceNumber: (requesterId >> 3) & 31,
    functionNumber: requesterId & 7,
  });
}
