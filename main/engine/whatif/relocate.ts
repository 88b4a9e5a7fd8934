import { bdfParts, formatBdf, type Bdf } from '../../../shared/bdf.ts';
import { known, type Fact } from '../../../shared/fact.ts';
import type { PciFunction } from '../../../shared/host.ts';
import { ok, type Failure, type Result } from '../../../shared/result.ts';
import { orderFunctions } from '../../pci/order-functions.ts';
import type { ChangeErrorCode } from './change.ts';
import { devfnOf, numberBuses, secondaryOf, type BusNumbers } from './number-buses.ts';
import { impossible, renameFunctions, withFunctions, type World } from './world.ts';

/** Where a function goes: below which bridge, with which device and function number. */
export interface Place {
  readonly parent: Bdf;
  readonly devfn: number;
}

export interface Relocated {
  readonly world: World;
  /** New address by old one, for each function of the host. */
  readonly names: ReadonlyMap<Bdf, Bdf>;
}

/**
 * Hangs functions below other bridges, with all that lies below them, and gives every function the
 * address that follows.
 *
 * A function that came to another place is covered by the IOMMU that covers its new bridge. One
 * that had no unit although its old bridge had one was never asked for by a driver, and stays so.
 */
export function relocate(
  world: World,
  places: ReadonlyMap<Bdf, Place>,
): Result<Relocated, Failure<ChangeErrorCode>> {
  const before = world.host.functions;
  const hung = hangBelow(before, places);
  const placed = new Map([...places].map(([bdf, { devfn }]) => [bdf, devfn] as const));
  const numbers = numberBuses(before, { functions: hung, placed });
  if (numbers === undefined) return impossible('No bus number of the domain is left for this');
  const names = addressesOf(hung, placed, numbers);
  const taken = firstTwice([...names.values()]);
  if (taken !== undefined) return impossible(`Two functions would have the address ${taken}`);
  const numbered = hung.map((fn) => withNumbers(fn, numbers, names.get(fn.bdf) ?? fn.bdf));
  const renamed = renameFunctions(withFunctions(world, numbered), names);
  const functions = orderFunctions(renamed.host.functions);
  return ok({ world: withFunctions(renamed, functions), names });
}

/** The function itself and all that lies below it, VFs included. */
export function subtreeOf(functions: readonly PciFunction[], top: Bdf): ReadonlySet<Bdf> {
  const found = new Set([top]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const { bdf, parent, physicalFunction } of functions) {
      if ((parent && found.has(parent)) || (physicalFunction && found.has(physicalFunction))) {
        found.add(bdf);
      }
    }
  }
  return found;
}

function hangBelow(
  functions: readonly PciFunction[],
  places: ReadonlyMap<Bdf, Place>,
): readonly PciFunction[] {
  const byBdf = new Map(functions.map((fn) => [fn.bdf, fn] as const));
  const movedWith = new Map<Bdf, Bdf>();
  for (const top of places.keys()) {
    for (const bdf of subtreeOf(functions, top)) movedWith.set(bdf, top);
  }
  for (const top of places.keys()) movedWith.set(top, top);
  return functions.map((fn) => {
    const top = movedWith.get(fn.bdf);
    const place = top && places.get(top);
    const port = place && byBdf.get(finalPort(place.parent, movedWith, places));
    if (top === undefined || place === undefined || port === undefined) return fn;
    const oldBridge = byBdf.get(byBdf.get(top)?.parent ?? top);
    return {
      ...fn,
      // A VF hangs where its PF does.
      parent: fn.bdf === top || isVfOf(fn, top) ? place.parent : fn.parent,
      rootBus: port.rootBus,
      vmdEndpoint: port.vmdEndpoint,
      iommuUnit: unitBelow(port, fn, oldBridge),
    };
  });
}

function isVfOf(fn: PciFunction, top: Bdf): boolean {
  return fn.physicalFunction === top;
}

/** A port that moves itself (that of a switch which is put in) stands for the one it goes below. */
function finalPort(
  port: Bdf,
  movedWith: ReadonlyMap<Bdf, Bdf>,
  places: ReadonlyMap<Bdf, Place>,
): Bdf {
  let at = port;
  for (let steps = places.size; steps >= 0; steps--) {
    const above = places.get(movedWith.get(at) ?? at)?.parent;
    if (above === undefined) return at;
    at = above;
  }
  return at;
}

function unitBelow(
  port: PciFunction,
  fn: PciFunction,
  oldBridge: PciFunction | undefined,
): Fact<string> {
  const wasNeverAsked = fn.iommuUnit === undefined && typeof oldBridge?.iommuUnit === 'string';
  return wasNeverAsked ? undefined : port.iommuUnit;
}

/** The address of each function after the move, by its address before. */
function addressesOf(
  functions: readonly PciFunction[],
  placed: ReadonlyMap<Bdf, number>,
  numbers: BusNumbers,
): ReadonlyMap<Bdf, Bdf> {
  const byBdf = new Map(functions.map((fn) => [fn.bdf, fn] as const));
  const names = new Map<Bdf, Bdf>();
  const nameOf = (fn: PciFunction): Bdf => {
    const named = names.get(fn.bdf);
    if (named !== undefined) return named;
    names.set(fn.bdf, fn.bdf); // Parents that lead in a circle keep their addresses.
    const name = addressOf(fn);
    names.set(fn.bdf, name);
    return name;
  };
  const addressOf = (fn: PciFunction): Bdf => {
    const pf = fn.physicalFunction && byBdf.get(fn.physicalFunction);
    if (pf) return shifted(fn.bdf, pf.bdf, nameOf(pf));
    const parent = fn.parent && byBdf.get(fn.parent);
    if (!parent) return fn.bdf;
    const own = bdfParts(fn.bdf);
    const was = secondaryOf(parent);
    const now = numbers.get(parent.bdf)?.secondary ?? was ?? own.bus;
    const devfn = placed.get(fn.bdf) ?? devfnOf(fn.bdf);
    return formatBdf({
      domain: parseInt(fn.rootBus.slice(0, -3), 16),
      bus: placed.has(fn.bdf) || own.bus === was ? now : own.bus,
      deviceNumber: devfn >> 3,
      functionNumber: devfn & 7,
    });
  };
  for (const fn of functions) nameOf(fn);
  return names;
}

/** A VF keeps its distance to its PF, as both follow from the SR-IOV capability. */
function shifted(vf: Bdf, from: Bdf, to: Bdf): Bdf {
  return formatRequester(to, requesterOf(to) + requesterOf(vf) - requesterOf(from));
}

/** Bus, device and function number as one number. */
export function requesterOf(bdf: Bdf): number {
  return bdfParts(bdf).bus * 256 + devfnOf(bdf);
}

/** The address with a requester ID in the domain of another address. */
export function formatRequester(inDomainOf: Bdf, requester: number): Bdf {
  return formatBdf({
    domain: bdfParts(inDomainOf).domain,
    bus: requester >> 8,
    deviceNumber: (requester >> 3) & 31,
    functionNumber: requester & 7,
  });
}

/** The bridge registers as firmware writes them: the bus above, and those that the bridge leads to. */
function withNumbers(fn: PciFunction, numbers: BusNumbers, name: Bdf): PciFunction {
  const config = known(fn.config);
  const bridge = numbers.get(fn.bdf) ?? config?.bridge;
  const { bus } = bdfParts(name);
  const isSame = !numbers.has(fn.bdf) && bus === bdfParts(fn.bdf).bus;
  if (isSame || bridge === undefined || config === undefined) return fn;
  return { ...fn, config: { ...config, bridge: { ...bridge, primary: bus } } };
}

function firstTwice(bdfs: readonly Bdf[]): Bdf | undefined {
  const seen = new Set<Bdf>();
  return bdfs.find((bdf) => seen.size === seen.add(bdf).size);
}
