import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import type { Host, PciFunction } from '../../../shared/host.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import type { GroupingOptions } from '../context.ts';
import type { ChangeErrorCode } from './change.ts';

/** A host on its way through the changes: plain data, each change makes a new one. */
export interface World {
  /**
   * The changed host. The groups that the source shows are still in it, as every host carries what
   * its source said; they speak of the host before the changes.
   */
  readonly host: Host;
  readonly options: GroupingOptions;
  /** Address in the source, by address now. Functions that a change brought are missing. */
  readonly origins: ReadonlyMap<Bdf, Bdf>;
  readonly suppositions: readonly Supposition[];
}

/** What a prediction takes for granted because it was told so. */
export interface Supposition {
  readonly text: string;
  /** Function whose facts are supposed, by its address now; `undefined`: the host as a whole. */
  readonly about: Bdf | undefined;
}

/** What one change made of a world. */
export interface Step {
  readonly world: World;
  /** The change as it was understood, one sentence without a stop. */
  readonly text: string;
}

export type StepResult = Result<Step, Failure<ChangeErrorCode>>;

/** The world before any change. */
export function startWorld(host: Host, options: GroupingOptions = {}): World {
  const origins = new Map(host.functions.map(({ bdf }) => [bdf, bdf] as const));
  return { host, options, origins, suppositions: [] };
}

/**
 * Finds the function that a change names: the one that had the address in the source, otherwise the
 * one that an earlier change put there.
 */
export function findNamed(
  world: World,
  bdf: Bdf,
): Result<PciFunction, Failure<'unknown-function'>> {
  const now = [...world.origins].find(([, origin]) => origin === bdf)?.[0] ?? bdf;
  const fn = world.host.functions.find((one) => one.bdf === now);
  return fn === undefined
    ? failure('unknown-function', `${world.host.source.name} has no function ${bdf}`)
    : ok(fn);
}

/** The same host with other functions. */
export function withFunctions(world: World, functions: readonly PciFunction[]): World {
  return { ...world, host: { ...world.host, functions } };
}

export function withFunction(world: World, changed: PciFunction): World {
  return withFunctions(
    world,
    world.host.functions.map((fn) => (fn.bdf === changed.bdf ? changed : fn)),
  );
}

export function suppose(world: World, ...suppositions: readonly Supposition[]): World {
  return { ...world, suppositions: [...world.suppositions, ...suppositions] };
}

/** Gives functions other addresses, wherever the old ones stand. */
export function renameFunctions(world: World, names: ReadonlyMap<Bdf, Bdf>): World {
  const renamed = <T extends Bdf | undefined>(bdf: T) => (bdf && (names.get(bdf) ?? bdf)) as T;
  const keys = <V>(map: ReadonlyMap<Bdf, V>) =>
    new Map([...map].map(([bdf, value]) => [renamed(bdf), value] as const));
  const functions = world.host.functions.map((fn) => ({
    ...fn,
    bdf: renamed(fn.bdf),
    parent: renamed(fn.parent),
    physicalFunction: renamed(fn.physicalFunction),
    vmdEndpoint: renamed(fn.vmdEndpoint),
  }));
  const { acsControl } = world.options;
  return {
    host: { ...world.host, functions },
    options: { ...world.options, ...(acsControl && { acsControl: keys(acsControl) }) },
    origins: keys(world.origins),
    suppositions: world.suppositions.map((one) => ({ ...one, about: renamed(one.about) })),
  };
}

/** Leaves functions out. */
export function withoutFunctions(world: World, gone: ReadonlySet<Bdf>): World {
  const { host, origins } = world;
  return {
    ...withFunctions(
      world,
      host.functions.filter(({ bdf }) => !gone.has(bdf)),
    ),
    origins: new Map([...origins].filter(([now]) => !gone.has(now))),
  };
}

export function impossible(message: string): Failed {
  return failure('impossible-change', message);
}

type Failed = ReturnType<typeof failure<ChangeErrorCode>>;

/** `01:00.0 and 01:00.1`; long lists are cut. */
export function listShort(bdfs: readonly Bdf[]): string {
  const shown = bdfs.slice(0, 6).map(shortBdf);
  if (bdfs.length > 6) return `${shown.join(', ')} and ${bdfs.length - 6} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
