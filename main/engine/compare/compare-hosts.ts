import { parseBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known, type Fact } from '../../../shared/fact.ts';
import type { Host, PciFunction } from '../../../shared/host.ts';
import { groupingOf } from '../compute-grouping.ts';
import { makeContext } from '../context.ts';
import { compareGroups, type GroupChange, type MemberGroup } from '../whatif/compare-groups.ts';
import { findAcsChanges, type AcsChange } from './acs-changes.ts';
import { diffWords, type WordDiff } from './diff-words.ts';
import { compareFacts, type FactChange } from './fact-changes.ts';
import { reasonsOf, type GroupReason } from './group-reasons.ts';
import { pairFunctions, type FunctionPair, type FunctionPairs } from './pair-functions.ts';
import { makeWorlds, originsOf } from './worlds.ts';

/** Another driver, or none, at a function that both hosts have. */
export interface DriverChange {
  readonly pair: FunctionPair;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ExplainedGroupChange extends GroupChange<MemberGroup> {
  readonly reasons: readonly GroupReason[];
}

/** What differs between two hosts, or two states of one. */
export interface HostComparison {
  readonly facts: readonly FactChange[];
  readonly commandLine: WordDiff;
  readonly added: readonly PciFunction[];
  readonly removed: readonly PciFunction[];
  /** At another place, or with another bus number at the same place. */
  readonly moved: readonly FunctionPair[];
  /** Other ids at the same place. */
  readonly replaced: readonly FunctionPair[];
  readonly drivers: readonly DriverChange[];
  readonly acs: readonly AcsChange[];
  /** Which groups were compared: the kernels' own where both show some, else predicted ones. */
  readonly groupsAre: 'observed' | 'predicted';
  readonly groups: readonly ExplainedGroupChange[];
  /** What one of the two sources does not tell: it may differ or not. */
  readonly notCompared: readonly string[];
}

/** Compares two hosts. What could not be read in one of them is never a difference. */
export function compareHosts(before: Host, after: Host): HostComparison {
  const pairs = pairFunctions(before.functions, after.functions);
  const facts = compareFacts(before, after);
  const commandLines = [before.commandLine, after.commandLine];
  const drivers = compareDrivers(pairs);
  const groupsAre = [before, after].every(showsGroups) ? 'observed' : 'predicted';
  return {
    facts: facts.changes,
    commandLine: commandLines.some(isUnreadable)
      ? { removed: [], added: [] }
      : diffWords(known(before.commandLine) ?? '', known(after.commandLine) ?? ''),
    added: pairs.added,
    removed: pairs.removed,
    moved: pairs.pairs.filter(({ kind }) => kind === 'moved' || kind === 'renumbered'),
    replaced: pairs.pairs.filter(({ kind }) => kind === 'replaced'),
    drivers: drivers.changes,
    acs: findAcsChanges(pairs),
    groupsAre,
    groups: explainedChanges(before, after, pairs, groupsAre),
    notCompared: [
      ...facts.notCompared,
      ...(commandLines.some(isUnreadable) ? ['command line'] : []),
      ...(drivers.isPartial ? ['drivers'] : []),
    ],
  };
}

/** Whether nothing that both sources tell differs. */
export function isSameHost(comparison: HostComparison): boolean {
  const { facts, commandLine, added, removed, moved, replaced, drivers, acs, groups } = comparison;
  const lists = [facts, added, removed, moved, replaced, drivers, acs, groups];
  return [...lists, commandLine.added, commandLine.removed].every((list) => list.length === 0);
}

function compareDrivers({ pairs }: FunctionPairs) {
  const rows = pairs.map((pair) => ({
    pair,
    before: driverOf(pair.before),
    after: driverOf(pair.after),
  }));
  const isKnown = (row: (typeof rows)[number]) =>
    !isUnreadable(row.before) && !isUnreadable(row.after);
  return {
    changes: rows
      .filter((row) => isKnown(row) && row.before !== row.after)
      .map((row) => row as DriverChange),
    isPartial: !rows.every(isKnown),
  };
}

function driverOf({ details }: PciFunction): Fact<string> {
  return details === undefined ? { state: 'unreadable', errno: 'NOT_RECORDED' } : details.driver;
}

function showsGroups(host: Host): boolean {
  return (known(host.observedGroups) ?? []).length > 0;
}

function explainedChanges(
  before: Host,
  after: Host,
  pairs: FunctionPairs,
  groupsAre: HostComparison['groupsAre'],
): readonly ExplainedGroupChange[] {
  const [one, other] = [before, after].map((host) => groupsOf(host, groupsAre));
  const comparing = { before, after, pairs, worlds: makeWorlds(before, after, pairs) };
  return compareGroups(one ?? [], other ?? [], originsIn([one ?? [], other ?? []], pairs))
    .filter((change) => !isOnlyComingOrGoing(change, pairs))
    .map((change) => ({ ...change, reasons: reasonsOf(change, comparing) }));
}

function groupsOf(host: Host, groupsAre: HostComparison['groupsAre']): readonly MemberGroup[] {
  return groupsAre === 'observed'
    ? (known(host.observedGroups) ?? [])
    : groupingOf(makeContext(host)).groups;
}

/** Members of other buses go by their names. */
function originsIn(
  groups: readonly (readonly MemberGroup[])[],
  { pairs }: FunctionPairs,
): ReadonlyMap<string, string> {
  const names = groups.flatMap((list) => list.flatMap(({ members }) => members));
  const others = names.filter((name) => parseBdf(name) === undefined);
  return new Map([...others.map((name) => [name, name] as const), ...originsOf(pairs)]);
}

/** The group of functions that came or went says nothing that the functions do not. */
function isOnlyComingOrGoing(
  { kind, before, after }: GroupChange<MemberGroup>,
  { added, removed }: FunctionPairs,
): boolean {
  if (kind !== 'appears' && kind !== 'disappears') return false;
  const came = new Set<string>([...added, ...removed].map(({ bdf }) => bdf));
  return [...before, ...after].every(({ members }) => members.every((name) => came.has(name)));
}
