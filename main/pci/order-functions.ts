import { compareBdf, type Bdf } from '../../shared/bdf.ts';
import type { PciFunction } from '../../shared/host.ts';

/**
 * Puts functions into the order in which the kernel registers them: for each root bus all
 * functions of a bus by device and function number, then for each bridge among them, in that
 * order, what lies below it. VFs come into being later than everything present at boot: they
 * follow at the end, by PF and address.
 *
 * Root buses are taken by domain and bus number; firmware that lists them otherwise does not show
 * in sysfs.
 *
 * @param functions - In any order. Those with an unknown parent count as on a root bus.
 * @see Linux v6.12 drivers/pci/bus.c, `pci_bus_add_devices()`, and drivers/pci/iov.c,
 *   `sriov_enable()`
 */
export function orderFunctions(functions: readonly PciFunction[]): readonly PciFunction[] {
  const present = new Set(functions.map((fn) => fn.bdf));
  const physical = functions.filter((fn) => fn.physicalFunction === undefined);
  const children = new Map<Bdf | '', PciFunction[]>();
  for (const fn of physical.toSorted(compareFunctions)) {
    const parent = fn.parent !== undefined && present.has(fn.parent) ? fn.parent : '';
    const siblings = children.get(parent);
    if (siblings) siblings.push(fn);
    else children.set(parent, [fn]);
  }
  const ordered = [...busesOf(children.get('') ?? [])].flatMap((bus) => subtree(bus, children));
  return [...ordered, ...inCircles(physical, ordered), ...virtualFunctions(functions)];
}

function compareFunctions(a: PciFunction, b: PciFunction): number {
  return compareBdf(a.bdf, b.bdf);
}

/** Splits functions without a bridge above by their bus. */
function busesOf(functions: readonly PciFunction[]): Iterable<PciFunction[]> {
  return Map.groupBy(functions, (fn) => `${fn.rootBus} ${fn.bdf.slice(0, -5)}`).values();
}

/** The functions of one bus, then what lies below each; without recursion, as depth is not ours. */
function subtree(
  bus: readonly PciFunction[],
  children: ReadonlyMap<Bdf | '', readonly PciFunction[]>,
): readonly PciFunction[] {
  const ordered: PciFunction[] = [...bus];
  const pending = bus.toReversed();
  for (let fn = pending.pop(); fn; fn = pending.pop()) {
    const below = children.get(fn.bdf);
    if (!below) continue;
    ordered.push(...below);
    pending.push(...below.toReversed());
  }
  return ordered;
}

/** Parents that lead in a circle exist in damaged sources only; nothing is lost. */
function inCircles(
  functions: readonly PciFunction[],
  ordered: readonly PciFunction[],
): readonly PciFunction[] {
  if (ordered.length === functions.length) return [];
  const reached = new Set(ordered);
  return functions.filter((fn) => !reached.has(fn));
}

function virtualFunctions(functions: readonly PciFunction[]): readonly PciFunction[] {
  return functions
    .filter((fn) => fn.physicalFunction !== undefined)
    .toSorted((a, b) => compareParents(a, b) || compareFunctions(a, b));
}

function compareParents(a: PciFunction, b: PciFunction): number {
  const [first, second] = [a.physicalFunction, b.physicalFunction];
  return first && second ? compareBdf(first, second) : 0;
}
