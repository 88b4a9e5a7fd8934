import { compareBdf, type Bdf } from '../../../shared/bdf.ts';
import type { IsolationGroup } from '../../../shared/isolation.ts';

/** A group by what it holds: addresses, and `bus:name` for members of other buses. */
export interface MemberGroup {
  readonly id: string;
  readonly members: readonly string[];
}

/** What happened to groups that have functions in common. */
export type GroupChangeKind =
  /** One group became several, or several one. */
  | 'splits'
  | 'merges'
  /** Functions change from group to group. */
  | 'regroups'
  /** Functions come into a group that stays, or leave it. */
  | 'grows'
  | 'shrinks'
  /** A group of functions that had none before, or the other way round. */
  | 'appears'
  | 'disappears';

/** Groups before and after that hang together because they share functions. */
export interface GroupChange<G extends MemberGroup = IsolationGroup> {
  readonly kind: GroupChangeKind;
  readonly before: readonly G[];
  readonly after: readonly G[];
}

/**
 * Compares two partitions by function, never by address or number of the group.
 *
 * @param origins - Address before, by address after; functions that are new are missing.
 * @returns The changes, in the order of the first address after; equal groups are left out.
 */
export function compareGroups<G extends MemberGroup>(
  before: readonly G[],
  after: readonly G[],
  origins: ReadonlyMap<string, string>,
): readonly GroupChange<G>[] {
  const identity = (member: string) => origins.get(member) ?? `new ${member}`;
  const sides = [
    ...before.map((group) => ({ group, keys: group.members, isAfter: false })),
    ...after.map((group) => ({ group, keys: group.members.map(identity), isAfter: true })),
  ];
  return componentsOf(sides)
    .filter((component) => !isSame(component))
    .map(asChange)
    .toSorted((a, b) => compareBdf(firstOf(a), firstOf(b)));
}

interface Side<G> {
  readonly group: G;
  /** Its functions, by names that hold before and after. */
  readonly keys: readonly string[];
  readonly isAfter: boolean;
}

/** Sets of groups that are connected through functions. */
function componentsOf<G>(sides: readonly Side<G>[]): readonly (readonly Side<G>[])[] {
  const holders = new Map<string, Side<G>[]>();
  for (const side of sides) {
    for (const key of side.keys) holders.set(key, [...(holders.get(key) ?? []), side]);
  }
  const seen = new Set<Side<G>>();
  const components: Side<G>[][] = [];
  for (const first of sides) {
    if (seen.has(first)) continue;
    const component: Side<G>[] = [];
    const pending = [first];
    for (let side = pending.pop(); side; side = pending.pop()) {
      if (seen.has(side)) continue;
      seen.add(side);
      component.push(side);
      pending.push(...side.keys.flatMap((key) => holders.get(key) ?? []));
    }
    components.push(component);
  }
  return components;
}

function isSame(component: readonly Side<unknown>[]): boolean {
  const [one, other] = component;
  if (component.length !== 2 || one === undefined || other === undefined) return false;
  return (
    one.isAfter !== other.isAfter &&
    new Set([...one.keys, ...other.keys]).size === one.keys.length &&
    one.keys.length === other.keys.length
  );
}

function asChange<G extends MemberGroup>(component: readonly Side<G>[]): GroupChange<G> {
  const pick = (isAfter: boolean) => component.filter((side) => side.isAfter === isAfter);
  const [before, after] = [pick(false), pick(true)];
  const groups = (sides: readonly Side<G>[]) =>
    sides
      .map(({ group }) => group)
      .toSorted((a, b) => compareBdf(a.members[0] as Bdf, b.members[0] as Bdf));
  return { kind: kindOf(before, after), before: groups(before), after: groups(after) };
}

function kindOf(
  before: readonly Side<unknown>[],
  after: readonly Side<unknown>[],
): GroupChangeKind {
  if (before.length === 0) return 'appears';
  if (after.length === 0) return 'disappears';
  if (before.length === 1 && after.length > 1) return 'splits';
  if (before.length > 1 && after.length === 1) return 'merges';
  const [one, other] = [before[0], after[0]];
  if (before.length > 1 || one === undefined || other === undefined) return 'regroups';
  if (one.keys.every((key) => other.keys.includes(key))) return 'grows';
  return other.keys.every((key) => one.keys.includes(key)) ? 'shrinks' : 'regroups';
}

function firstOf({ before, after }: GroupChange<MemberGroup>): Bdf {
  return (after[0] ?? before[0])?.members[0] as Bdf;
}
