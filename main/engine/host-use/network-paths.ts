import type { Bdf } from '../../../shared/bdf.ts';
import type { NetworkInterface } from '../../../shared/network.ts';

/** How interfaces rest on functions, with some functions gone. */
export interface NetworkPaths {
  /** Interfaces of a function, or of functions below it. */
  interfacesOf(bdf: Bdf): readonly NetworkInterface[];
  /** Interfaces with a function of their own that an interface rests on, itself included. */
  hardwareOf(name: string): readonly NetworkInterface[];
  /**
   * Whether an interface still works; `undefined` where it rests on no hardware, such as a tunnel.
   *
   * A bond works while one of its interfaces does. A bridge, a VLAN, a team need all that have
   * hardware: which port of a bridge leads out is not written anywhere.
   */
  survives(name: string): boolean | undefined;
}

export function makeNetworkPaths(
  interfaces: readonly NetworkInterface[],
  gone: ReadonlySet<Bdf>,
): NetworkPaths {
  const { byName, byFunction } = indexInterfaces(interfaces);
  return {
    interfacesOf: (bdf) => byFunction.get(bdf) ?? [],
    hardwareOf: (name) => [...hardware(name, byName, new Set())],
    survives: (name) => survives(name, byName, gone, new Set()),
  };
}

interface InterfaceIndex {
  readonly byName: ByName;
  readonly byFunction: ReadonlyMap<Bdf, readonly NetworkInterface[]>;
}

/** Remembered by the list, which never changes: a host asks for each of its groups. */
const REMEMBERED = new WeakMap<readonly NetworkInterface[], InterfaceIndex>();

function indexInterfaces(interfaces: readonly NetworkInterface[]): InterfaceIndex {
  const remembered = REMEMBERED.get(interfaces);
  if (remembered) return remembered;
  const byFunction = new Map<Bdf, NetworkInterface[]>();
  for (const one of interfaces) {
    for (const bdf of one.path) {
      const list = byFunction.get(bdf);
      if (list) list.push(one);
      else byFunction.set(bdf, [one]);
    }
  }
  const index = { byName: new Map(interfaces.map((one) => [one.name, one])), byFunction };
  REMEMBERED.set(interfaces, index);
  return index;
}

/** Layers that are followed; Linux allows 8 (`MAX_NEST_DEV` in include/linux/netdevice.h). */
const MAX_LAYERS = 16;

type ByName = ReadonlyMap<string, NetworkInterface>;

function* hardware(
  name: string,
  byName: ByName,
  seen: Set<string>,
  depth = 0,
): Generator<NetworkInterface> {
  const one = byName.get(name);
  if (one === undefined || seen.has(name) || depth > MAX_LAYERS) return;
  seen.add(name);
  if (one.path.length > 0) yield one;
  for (const lower of lowerOf(one)) yield* hardware(lower, byName, seen, depth + 1);
}

function survives(
  name: string,
  byName: ByName,
  gone: ReadonlySet<Bdf>,
  seen: Set<string>,
  depth = 0,
): boolean | undefined {
  const one = byName.get(name);
  if (one === undefined || seen.has(name) || depth > MAX_LAYERS) return undefined;
  seen.add(name);
  if (one.path.length > 0) return !one.path.some((bdf) => gone.has(bdf));
  const below = lowerOf(one)
    .map((lower) => survives(lower, byName, gone, seen, depth + 1))
    .filter((answer) => answer !== undefined);
  if (below.length === 0) return undefined;
  return one.kind === 'bond' ? below.includes(true) : !below.includes(false);
}

/** Ports of a physical interface are its own. */
function lowerOf({ path, lower }: NetworkInterface): readonly string[] {
  return path.length > 0 ? [] : lower;
}
