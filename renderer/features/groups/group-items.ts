import type { GroupView } from '../../../shared/view.ts';
import { VERDICTS } from '../../components/verdicts.ts';
import type { ShownVerdict } from '../../components/verdicts.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import type { GroupSort, GroupsView } from './groups-slice.ts';
import { functionMatcher, hasFunctionFilter } from './match-functions.ts';

/** Stands for the functions that no IOMMU covers, as if they were a group. */
export const NOT_COVERED = 'not-covered';

/** One line of the table: the head of a block or one member. */
export type GroupItem =
  | {
      readonly type: 'head';
      readonly key: string;
      readonly groupId: string;
      readonly memberCount: number;
      readonly isFolded: boolean;
      readonly isLast: boolean;
    }
  | {
      readonly type: 'member';
      readonly key: string;
      readonly groupId: string;
      readonly member: string;
      /** Whether the member itself matches the filters, or only stands with one that does. */
      readonly isMatch: boolean;
      readonly isLast: boolean;
    };

type ShownVerdicts = Readonly<Record<string, ShownVerdict>>;

interface Block {
  readonly groupId: string;
  readonly members: readonly string[];
}

/** The lines of the table, filtered, ordered and folded. A group moves whole, so it shows whole. */
export function groupItems(
  host: HostRecord,
  shown: ShownVerdicts,
  view: GroupsView,
): readonly GroupItem[] {
  const matches = functionMatcher(host, view);
  const isNarrowed = hasFunctionFilter(view);
  return sortedBlocks(host, shown, view).flatMap((block) => {
    const matching = new Set(block.members.filter(matches));
    if (isNarrowed && matching.size === 0) return [];
    return blockItems(block, matching, isNarrowed, view.folded[block.groupId] === true);
  });
}

export function headKey(groupId: string): string {
  return `g ${groupId}`;
}

export function memberKey(member: string): string {
  return `m ${member}`;
}

function sortedBlocks(host: HostRecord, shown: ShownVerdicts, view: GroupsView): readonly Block[] {
  const verdictOf = (group: GroupView) => shown[group.id] ?? group.verdict;
  const groups = host.groupIds
    .flatMap((id) => host.groups[id] ?? [])
    .filter((group) => view.verdicts.length === 0 || view.verdicts.includes(verdictOf(group)))
    .sort(comparison(view.sort, host, verdictOf))
    .map((group): Block => ({ groupId: group.id, members: group.members }));
  const isRestShown = host.notCovered.length > 0 && view.verdicts.length === 0;
  return isRestShown ? [...groups, { groupId: NOT_COVERED, members: host.notCovered }] : groups;
}

function blockItems(
  block: Block,
  matching: ReadonlySet<string>,
  isNarrowed: boolean,
  isFolded: boolean,
): readonly GroupItem[] {
  const { groupId, members } = block;
  const memberCount = members.length;
  const head: GroupItem = {
    type: 'head',
    key: headKey(groupId),
    groupId,
    memberCount,
    isFolded,
    isLast: isFolded,
  };
  if (isFolded) return [head];
  const rows = members.map((member, index): GroupItem => ({
    type: 'member',
    key: memberKey(member),
    groupId,
    member,
    isMatch: isNarrowed && matching.has(member),
    isLast: index === memberCount - 1,
  }));
  return [head, ...rows];
}

type Compare = (a: GroupView, b: GroupView) => number;

function comparison(
  sort: GroupSort,
  host: HostRecord,
  verdictOf: (group: GroupView) => ShownVerdict,
): Compare {
  const byNumber: Compare = (a, b) => groupNumber(a.id) - groupNumber(b.id);
  const orders: Readonly<Record<GroupSort, Compare>> = {
    number: byNumber,
    verdict: (a, b) => VERDICTS[verdictOf(a)].rank - VERDICTS[verdictOf(b)].rank || byNumber(a, b),
    size: (a, b) => b.members.length - a.members.length || byNumber(a, b),
    name: (a, b) => firstName(a, host).localeCompare(firstName(b, host)) || byNumber(a, b),
  };
  return orders[sort];
}

function groupNumber(id: string): number {
  return Number(id.replace(/^\D+/, ''));
}

function firstName(group: GroupView, host: HostRecord): string {
  const member = group.members.find((one) => host.functions[one] !== undefined);
  return member === undefined ? '' : (host.functions[member]?.name ?? '');
}
