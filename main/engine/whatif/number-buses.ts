import { bdfParts, compareBdf, type Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { BridgeNumbers, PciFunction } from '../../../shared/host.ts';

/** Functions as they hang below each other after a move, still under their addresses from before. */
export interface Layout {
  readonly functions: readonly PciFunction[];
  /** Functions that hang below another bridge than before: their device and function number. */
  readonly placed: ReadonlyMap<Bdf, number>;
}

/** The bus numbers that bridges lead to, as far as they change. */
export type BusNumbers = ReadonlyMap<Bdf, BridgeNumbers>;

const LAST_BUS = 0xff;

/**
 * Numbers the buses after a move, as firmware does at the next start.
 *
 * Firmware numbers depth-first: each bridge, in the order of its address, leads to the next bus, and
 * what lies below it comes before its neighbour. Where the buses below a root bus are numbered so in
 * the source, they are again. Where they are not (firmware that leaves room for hot-plug), every bus
 * keeps its number, and only buses that have none get a free one.
 *
 * @param before - The functions as the source places them.
 * @returns `undefined` where a domain has no bus number left.
 * @see SeaBIOS src/fw/pciinit.c, `pci_bios_init_bus_rec()`; Linux drivers/pci/probe.c,
 *   `pci_scan_bridge_extend()`
 */
export function numberBuses(
  before: readonly PciFunction[],
  layout: Layout,
): BusNumbers | undefined {
  const numbers = new Map<Bdf, BridgeNumbers>();
  const strict = depthFirstRoots(before);
  const children = childrenOf(layout);
  for (const [rootBus, functions] of rootsOf(layout)) {
    const isDone = strict.has(rootBus)
      ? numberDepthFirst(functions, rootBus, children, numbers)
      : numberSparingly({ functions, rootBus, layout, children, numbers });
    if (!isDone) return undefined;
  }
  return numbers;
}

export function secondaryOf(fn: PciFunction): number | undefined {
  return known(fn.config)?.bridge?.secondary;
}

type Children = ReadonlyMap<Bdf | '', readonly PciFunction[]>;

/** Children in the order of device and function number. */
function childrenOf({ functions, placed }: Layout): Children {
  const devfn = (fn: PciFunction) => placed.get(fn.bdf) ?? devfnOf(fn.bdf);
  const physical = functions.filter((fn) => fn.physicalFunction === undefined);
  return Map.groupBy(
    physical.toSorted((a, b) => devfn(a) - devfn(b) || compareBdf(a.bdf, b.bdf)),
    (fn) => fn.parent ?? '',
  );
}

export function devfnOf(bdf: Bdf): number {
  const { deviceNumber, functionNumber } = bdfParts(bdf);
  return deviceNumber * 8 + functionNumber;
}

function rootsOf(layout: Layout): ReadonlyMap<string, readonly PciFunction[]> {
  return Map.groupBy(childrenOf(layout).get('') ?? [], ({ rootBus }) => rootBus);
}

/** The root buses below which the source numbers all buses depth-first, without a gap. */
function depthFirstRoots(functions: readonly PciFunction[]): ReadonlySet<string> {
  const layout: Layout = { functions, placed: new Map() };
  const children = childrenOf(layout);
  const isStrict = ([rootBus, tops]: readonly [string, readonly PciFunction[]]) => {
    const numbers = new Map<Bdf, BridgeNumbers>();
    return numberDepthFirst(tops, rootBus, children, numbers) && numbers.size === 0;
  };
  return new Set([...rootsOf(layout)].filter(isStrict).map(([rootBus]) => rootBus));
}

/** Notes each bridge whose numbers differ from those that it has. */
function numberDepthFirst(
  functions: readonly PciFunction[],
  rootBus: string,
  children: Children,
  numbers: Map<Bdf, BridgeNumbers>,
): boolean {
  const visit = (siblings: readonly PciFunction[], bus: number): number => {
    let last = bus;
    for (const fn of siblings) {
      const now = known(fn.config)?.bridge;
      if (now === undefined) continue;
      const secondary = last + 1;
      last = visit(children.get(fn.bdf) ?? [], secondary);
      const isSame = now.secondary === secondary && now.subordinate === last;
      if (!isSame) numbers.set(fn.bdf, { primary: bus, secondary, subordinate: last });
    }
    return last;
  };
  return visit(functions, parseInt(rootBus.slice(-2), 16)) <= LAST_BUS;
}

interface Sparing {
  readonly functions: readonly PciFunction[];
  readonly rootBus: string;
  readonly layout: Layout;
  readonly children: Children;
  readonly numbers: Map<Bdf, BridgeNumbers>;
}

/** Keeps each number that is still free to have; bridges that came from elsewhere get a free one. */
function numberSparingly({ functions, rootBus, layout, children, numbers }: Sparing): boolean {
  const domain = rootBus.slice(0, -3);
  const taken = busesInUse(layout.functions, domain);
  const visit = (siblings: readonly PciFunction[], primary: number, isNew: boolean): number => {
    let last = primary;
    for (const fn of siblings) {
      const now = known(fn.config)?.bridge;
      if (now === undefined) continue;
      const below = children.get(fn.bdf) ?? [];
      const hasCome = isNew || layout.placed.has(fn.bdf);
      const isForeign = fn.bdf.slice(0, -8) !== domain || now.secondary === 0;
      const secondary =
        isForeign && (hasCome || below.length > 0) ? freeBus(primary, taken) : now.secondary;
      taken.add(secondary);
      const reached = visit(below, secondary, hasCome);
      const isKept = secondary === now.secondary;
      const subordinate = isKept ? Math.max(reached, now.subordinate) : reached;
      const isSame = now.secondary === secondary && now.subordinate === subordinate;
      if (!isSame) numbers.set(fn.bdf, { primary, secondary, subordinate });
      last = Math.max(last, subordinate);
    }
    return last;
  };
  return visit(functions, parseInt(rootBus.slice(-2), 16), false) <= LAST_BUS;
}

/** Numbers of a domain that a bus has or that a bridge keeps for the buses below it. */
function busesInUse(functions: readonly PciFunction[], domain: string): Set<number> {
  const taken = new Set<number>();
  for (const fn of functions) {
    if (fn.bdf.slice(0, -8) !== domain) continue;
    taken.add(bdfParts(fn.bdf).bus);
    const bridge = known(fn.config)?.bridge;
    for (let bus = bridge?.secondary ?? 1; bus <= (bridge?.subordinate ?? 0); bus++) taken.add(bus);
  }
  return taken;
}

/** The next free number after that of the bus above; past the last where there is none. */
function freeBus(above: number, taken: ReadonlySet<number>): number {
  for (let bus = above + 1; bus <= LAST_BUS; bus++) if (!taken.has(bus)) return bus;
  for (let bus = 1; bus < above; bus++) if (!taken.has(bus)) return bus;
  return LAST_BUS + 1;
}
