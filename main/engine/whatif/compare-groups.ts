import { compareBdf, type Bdf } from '../../../shared/bdf.ts';
import type { IsolationGroup } from '../../../shared/isolation.ts';

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
export interface GroupChange {
  readonly kind: GroupChangeKind;
  readonly before: readonly IsolationGroup[];
  readonly after: readonly IsolationGroup[];
}

/**
 * Compares two partitions by function, never by address or number of the group.
 *
 * @param origins - Address before, by address after; functions that are new are missing.
 * @returns The changes, in the order of the first address after; equal groups are left out.
 */
export function compareGroups(
  before: readonly IsolationGroup[],
  after: readonly IsolationGroup[],
  origins: ReadonlyMap<Bdf, Bdf>,
): readonly GroupChange[] {
  const identity = (bdf: Bdf) => origins.get(bdf) ?? `new ${bdf}`;
  const sides = [
    ...before.map((group) => ({ group, keys: group.members, isAfter: false })),
    ...after.map((group) => ({ group, keys: group.members.map(identity), isAfter: true })),
  ];
  return componentsOf(sides)
    .filter((component) => !isSame(component))
    .map(asChange)
    .toSorted((a, b) => compareBdf(firstOf(a), firstOf(b)));
}

interface Side {
  readonly group: IsolationGroup;
  /** Its functions, by names that hold before and after. */
  readonly keys: readonly string[];
  readonly isAfter: boolean;
}

/** Sets of groups that are connected through functions. */
function componentsOf(sides: readonly Side[]): readonly (readonly Side[])[] {
  const holders = new Map<string, Side[]>();
  for (const side of sides) {
    for (const key of side.keys) holders.set(key, [...(holders.get(key) ?? []), side]);
  }
  const seen = new Set<Side>();
  const components: Side[][] = [];
  for (const first of sides) {
    if (seen.has(first)) continue;
    const component: Side[] = [];
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

function isSame(component: readonly Side[]): boolean {
  const [one, other] = component;
  if (component.length !== 2 || one === undefined || other === undefined) return false;
  return (
    one.isAfter !== other.isAfter &&
    new Set([...one.keys, ...other.keys]).size === one.keys.length &&
    one.keys.length === other.keys.length
  );
}

function asChange(component: readonly Side[]): GroupChange {
  const pick = (isAfter: boolean) => component.filter((side) => side.isAfter === isAfter);
  const [before, after] = [pick(false), pick(true)];
  const groups = (sides: readonly Side[]) =>
    sides
      .map(({ group }) => group)
      .toSorted((a, b) => compareBdf(a.members[0] as Bdf, b.members[0] as Bdf));
  return { kind: kindOf(before, after), before: groups(before), after: groups(after) };
}

function kindOf(before: readonly Side[], after: readonly Side[]): GroupChangeKind {
  if (before.length === 0) return 'appears';
  if (after.length === 0) return 'disappears';
  if (before.length === 1 && after.length > 1) return 'splits';
  if (before.length > 1 && after.length === 1) return 'merges';
  const [one, other] = [before[0], after[0]];
  if (before.length > 1 || one === undefined || other === undefined) return 'regroups';
  if (one.keys.every((key) => other.keys.includes(key))) return 'grows';
  return other.keys.every((key) => one.keys.includes(key)) ? 'shrinks' : 'regroups';
}

function firstOf({ before, after }: GroupChange): Bdf {
  return (after[0] ?? before[0])?.members[0] as Bdf;
}
