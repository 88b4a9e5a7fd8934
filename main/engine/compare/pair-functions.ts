import { compareBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, type Fact } from '../../../shared/fact.ts';
import type { PciFunction } from '../../../shared/host.ts';

/**
 * How a function of one host is found in the other.
 *
 * - `stayed`: same address, same ids;
 * - `renumbered`: same place below the same ports, but its bus has another number;
 * - `moved`: same ids at another place;
 * - `replaced`: same place, other ids.
 */
export type PairKind = 'stayed' | 'renumbered' | 'moved' | 'replaced';

export interface FunctionPair {
  readonly kind: PairKind;
  readonly before: PciFunction;
  readonly after: PciFunction;
}

export interface FunctionPairs {
  /** In the order of the addresses after. */
  readonly pairs: readonly FunctionPair[];
  readonly added: readonly PciFunction[];
  readonly removed: readonly PciFunction[];
}

/**
 * Finds the functions of one host in another, or in a later state of the same host.
 *
 * A bus number is no property of a card: one card more renumbers the buses behind it. Functions are
 * therefore matched by their place first, the device and function numbers on the way down from the
 * root bus; then by address; then by ids. Several with the same ids are matched in the order of
 * their addresses. An id that could not be read contradicts nothing.
 */
export function pairFunctions(
  before: readonly PciFunction[],
  after: readonly PciFunction[],
): FunctionPairs {
  const rest = { before: sortedSet(before), after: sortedSet(after) };
  const places = { before: placesOf(before), after: placesOf(after) };
  const pairs = [
    ...pairBy(rest, (fn, side) => places[side].get(fn.bdf), isCompatible),
    ...pairBy(rest, ({ bdf }) => bdf, isCompatible),
    ...pairBy(rest, exactIds, () => true),
    ...pairBy(rest, idsWhereUnique(rest), isCompatible),
    ...pairBy(
      rest,
      (fn, side) => places[side].get(fn.bdf),
      () => true,
    ),
  ].map(([one, other]) => ({ kind: kindOf(one, other, places), before: one, after: other }));
  return {
    pairs: pairs.toSorted((a, b) => compareBdf(a.after.bdf, b.after.bdf)),
    added: [...rest.after],
    removed: [...rest.before],
  };
}

type Side = 'before' | 'after';
type Rest = Readonly<Record<Side, Set<PciFunction>>>;
type Places = Readonly<Record<Side, ReadonlyMap<Bdf, string>>>;
type KeyOf = (fn: PciFunction, side: Side) => string | undefined;

function sortedSet(functions: readonly PciFunction[]): Set<PciFunction> {
  return new Set(functions.toSorted((a, b) => compareBdf(a.bdf, b.bdf)));
}

/** Matches what has the same key, in order, and takes it out of the rest. */
function pairBy(
  rest: Rest,
  keyOf: KeyOf,
  mayPair: (a: PciFunction, b: PciFunction) => boolean,
): readonly (readonly [PciFunction, PciFunction])[] {
  const waiting = new Map<string, PciFunction[]>();
  for (const fn of rest.after) {
    const key = keyOf(fn, 'after');
    if (key === undefined) continue;
    waiting.set(key, waiting.get(key) ?? []);
    waiting.get(key)?.push(fn);
  }
  const pairs: [PciFunction, PciFunction][] = [];
  for (const fn of rest.before) {
    const candidates = waiting.get(keyOf(fn, 'before') ?? '');
    const other = candidates?.[0];
    if (candidates === undefined || other === undefined || !mayPair(fn, other)) continue;
    candidates.shift();
    pairs.push([fn, other]);
  }
  for (const [one, other] of pairs) {
    rest.before.delete(one);
    rest.after.delete(other);
  }
  return pairs;
}

/** More bridges than any bus tree has: a source may claim a loop. */
const MAX_DEPTH = 256;

/** `0000:00/1c.4/00.0`: root bus, then device and function numbers downwards. */
function placesOf(functions: readonly PciFunction[]): ReadonlyMap<Bdf, string> {
  const byBdf = new Map(functions.map((fn) => [fn.bdf, fn]));
  return new Map(
    functions.map((fn) => {
      const steps: string[] = [];
      let at: PciFunction | undefined = fn;
      let top = fn;
      while (at !== undefined && steps.length < MAX_DEPTH) {
        steps.unshift(at.bdf.slice(-4));
        top = at;
        at = at.parent === undefined ? undefined : byBdf.get(at.parent);
      }
      return [fn.bdf, [top.bdf.slice(0, -5), ...steps].join('/')];
    }),
  );
}

function isCompatible(a: PciFunction, b: PciFunction): boolean {
  return (
    agrees(a.vendorId, b.vendorId) &&
    agrees(a.deviceId, b.deviceId) &&
    agrees(a.subsystem, b.subsystem)
  );
}

function agrees(a: Fact<number>, b: Fact<number>): boolean {
  return isUnreadable(a) || isUnreadable(b) || a === b;
}

/** Vendor, device and subsystem; nothing where one of them could not be read. */
function exactIds({ vendorId, deviceId, subsystem }: PciFunction): string | undefined {
  if (isUnreadable(subsystem) || typeof vendorId !== 'number' || typeof deviceId !== 'number') {
    return undefined;
  }
  return `${vendorId} ${deviceId} ${subsystem ?? 'none'}`;
}

/** Vendor and device, where only one function on either side is left that has them. */
function idsWhereUnique(rest: Rest): KeyOf {
  const counts = { before: countIds(rest.before), after: countIds(rest.after) };
  return (fn) => {
    const ids = shortIds(fn);
    return ids !== undefined && counts.before.get(ids) === 1 && counts.after.get(ids) === 1
      ? ids
      : undefined;
  };
}

function countIds(functions: Iterable<PciFunction>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fn of functions) {
    const ids = shortIds(fn);
    if (ids !== undefined) counts.set(ids, (counts.get(ids) ?? 0) + 1);
  }
  return counts;
}

function shortIds({ vendorId, deviceId }: PciFunction): string | undefined {
  const isRead = typeof vendorId === 'number' && typeof deviceId === 'number';
  return isRead ? `${vendorId} ${deviceId}` : undefined;
}

function kindOf(before: PciFunction, after: PciFunction, places: Places): PairKind {
  if (!isCompatible(before, after)) return 'replaced';
  if (before.bdf === after.bdf) return 'stayed';
  const isSamePlace = places.before.get(before.bdf) === places.after.get(after.bdf);
  return isSamePlace ? 'renumbered' : 'moved';
}
