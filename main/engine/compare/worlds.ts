import type { Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { ConfigSpace, Host, PciFunction } from '../../../shared/host.ts';
import { parseAcsOverride } from '../acs-override.ts';
import { groupingOf } from '../compute-grouping.ts';
import { kernelOf, makeContext, type GroupingOptions } from '../context.ts';
import type { FunctionPairs } from './pair-functions.ts';

export type Side = 'before' | 'after';

/**
 * A host made of parts of two: which of them each part is from. Predicting it tells whether that
 * part is what makes their groups differ.
 */
export interface World {
  /** The functions and where they are. */
  readonly devices: Side;
  /** What ACPI says of the IOMMU. */
  readonly tables: Side;
  readonly commandLine: Side;
  readonly kernel: Side;
  /** Whether quirks count that only a back-port can have brought. */
  readonly backports: 'mainline' | 'present';
  /** The option of the patched kernel, as if active. */
  readonly override: Side | 'none';
  /** ACS capability and control of functions that both hosts have. */
  readonly registers: Side;
  /** Which IOMMU covers each function that both hosts have. */
  readonly coverage: Side;
}

/** Predicts worlds; each is predicted once. */
export interface Worlds {
  /**
   * @returns The group of each covered function: the sorted names of its members, by one name for
   *   a function that holds in both hosts.
   */
  predict(world: World): ReadonlyMap<string, string>;
}

/** One name for a function in both hosts: its address before, else `new ` and its address after. */
export function keysOf(side: Side, { pairs }: FunctionPairs): (member: string) => string {
  if (side === 'before') return (member) => member;
  const origins = originsOf(pairs);
  return (member) => origins.get(member) ?? `new ${member}`;
}

/** Address before, by address after. */
export function originsOf(pairs: FunctionPairs['pairs']): ReadonlyMap<string, string> {
  return new Map(pairs.map(({ before, after }) => [after.bdf, before.bdf]));
}

/** The groups as {@link Worlds.predict} writes them. */
export function partitionByKey(
  groups: readonly { readonly members: readonly string[] }[],
  keyOf: (member: string) => string,
): ReadonlyMap<string, string> {
  const partition = new Map<string, string>();
  for (const { members } of groups) {
    const keys = members.map(keyOf).sort();
    const name = keys.join(' ');
    for (const key of keys) partition.set(key, name);
  }
  return partition;
}

export function makeWorlds(before: Host, after: Host, pairs: FunctionPairs): Worlds {
  const hosts = { before, after };
  const keys = { before: keysOf('before', pairs), after: keysOf('after', pairs) };
  const predicted = new Map<string, ReadonlyMap<string, string>>();
  return {
    predict(world) {
      const name = Object.values(world).join(' ');
      const partition = predicted.get(name) ?? predictOnce(world, hosts, pairs, keys);
      predicted.set(name, partition);
      return partition;
    },
  };
}

function predictOnce(
  world: World,
  hosts: Readonly<Record<Side, Host>>,
  pairs: FunctionPairs,
  keys: Readonly<Record<Side, (member: string) => string>>,
) {
  const context = makeContext(buildHost(world, hosts, pairs), optionsOf(world, hosts));
  return partitionByKey(groupingOf(context).groups, keys[world.devices]);
}

function buildHost(world: World, hosts: Readonly<Record<Side, Host>>, pairs: FunctionPairs): Host {
  const base = hosts[world.devices];
  const { kernelRelease, kernelVersion } = hosts[world.kernel];
  const { acpiTables, ivrsAliases } = hosts[world.tables].iommu;
  return {
    ...base,
    kernelRelease,
    kernelVersion,
    commandLine: hosts[world.commandLine].commandLine,
    iommu: { ...base.iommu, acpiTables, ivrsAliases },
    functions: functionsOf(world, base, pairs),
  };
}

function optionsOf(world: World, hosts: Readonly<Record<Side, Host>>): GroupingOptions {
  const kernel = kernelOf(hosts[world.kernel]);
  const override =
    world.override === 'none'
      ? undefined
      : parseAcsOverride(known(hosts[world.override].commandLine) ?? '');
  return {
    backports: world.backports,
    ...(kernel && { kernel }),
    ...(override && { override }),
  };
}

/** The functions, with the registers and the coverage that their counterparts have. */
function functionsOf(world: World, base: Host, { pairs }: FunctionPairs): readonly PciFunction[] {
  const own = world.devices;
  if (world.registers === own && world.coverage === own) return base.functions;
  const others = new Map<Bdf, PciFunction>(
    pairs.map((pair) => [pair[own].bdf, pair[own === 'before' ? 'after' : 'before']]),
  );
  return base.functions.map((fn) => {
    const other = others.get(fn.bdf);
    if (other === undefined) return fn;
    const registers = world.registers === own ? fn : other;
    const { iommuUnit } = world.coverage === own ? fn : other;
    return { ...fn, iommuUnit, config: withAcs(fn, registers) };
  });
}

function withAcs(fn: PciFunction, registers: PciFunction): PciFunction['config'] {
  const [own, theirs] = [configOf(fn), configOf(registers)];
  return own && theirs ? { ...own, acs: theirs.acs } : fn.config;
}

function configOf({ config }: PciFunction): ConfigSpace | undefined {
  return config === undefined || isUnreadable(config) ? undefined : config;
}
