import { compareBdf, type Bdf } from '../../shared/bdf.ts';
import { isUnreadable, type Fact } from '../../shared/fact.ts';
import type { ObservedGroup, PciFunction } from '../../shared/host.ts';
import { exactBdf } from './device-path.ts';
import { lastComponent } from './link-target.ts';
import type { ProblemList } from './problem-list.ts';
import { quoteName } from './quote-name.ts';
import { readLine } from './read-text.ts';
import { missingFact, type Source } from './source.ts';

const GROUPS = 'sys/kernel/iommu_groups';
const GROUP_ID = /^\d{1,9}$/;

/**
 * Reads the groups as the kernel shows them.
 *
 * @param readsAttributes - Whether to read `type` and `name` of each group as well.
 * @returns `undefined` where the directory is absent: a kernel without IOMMU groups.
 * @see Linux v6.12 drivers/iommu/iommu.c, `iommu_group_alloc()`
 */
export function readGroups(
  source: Source,
  problems: ProblemList,
  readsAttributes: boolean,
): Fact<readonly ObservedGroup[]> {
  const ids = source.list(GROUPS);
  if (!ids.ok) return missingFact(source, ids.error);
  const groups: ObservedGroup[] = [];
  for (const id of ids.value) {
    if (!GROUP_ID.test(id)) {
      const text = `Skipped ${GROUPS}/${quoteName(id)}: not the number of a group`;
      problems.add('unsafe-name', `${GROUPS}/${id}`, text);
      continue;
    }
    const group = { id, members: readMembers(source, problems, id) };
    groups.push(readsAttributes ? { ...group, ...readAttributes(source, id) } : group);
  }
  return groups.sort((a, b) => Number(a.id) - Number(b.id));
}

function readAttributes(source: Source, id: string): Pick<ObservedGroup, 'type' | 'name'> {
  return {
    type: readLine(source, `${GROUPS}/${id}/type`),
    name: readLine(source, `${GROUPS}/${id}/name`),
  };
}

function readMembers(source: Source, problems: ProblemList, id: string): readonly string[] {
  const directory = `${GROUPS}/${id}/devices`;
  const names = source.list(directory);
  if (!names.ok) {
    problems.addUnreadable(directory, names.error);
    return [];
  }
  return names.value
    .map((name) => exactBdf(name) ?? otherMember(source, directory, name))
    .sort(compareMembers);
}

/** PCI functions by address before all others by name. */
function compareMembers(a: string, b: string): number {
  const [first, second] = [exactBdf(a), exactBdf(b)];
  if (first && second) return compareBdf(first, second);
  if (first || second) return first ? -1 : 1;
  return a < b ? -1 : 1;
}

/** A member on another bus: `platform:AMDI0020:00`, `amba:2b600000.dma`, `fsl-mc:dpni.1`. */
function otherMember(source: Source, directory: string, name: string): string {
  const subsystem = source.readLink(`${directory}/${name}/subsystem`);
  const bus = subsystem.ok ? lastComponent(subsystem.value) : busByPath(source, directory, name);
  return `${quoteName(bus)}:${quoteName(name)}`;
}

const BUSES = ['platform', 'amba', 'fsl-mc', 'mdev', 'acpi'] as const;

/** Where the tree does not hold the member itself, the path of its link tells the bus. */
function busByPath(source: Source, directory: string, name: string): string {
  const link = source.readLink(`${directory}/${name}`);
  const path = link.ok ? link.value : '';
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(name)) return 'mdev';
  if (path.includes('/LNXSYSTM:')) return 'acpi';
  return (
    BUSES.find((bus) => path.includes(`/devices/${bus}/`) || path.includes(`/${bus}`)) ?? 'platform'
  );
}

/**
 * Compares both directions of the kernel's links: the directory of a group and the `iommu_group`
 * link of each function. They differ in damaged or hand-made trees only, or when something
 * changed while they were read.
 */
export function compareGroupLinks(
  groups: readonly ObservedGroup[],
  functions: readonly PciFunction[],
  problems: ProblemList,
): void {
  const listed = new Map<string, string>();
  for (const group of groups) for (const member of group.members) listed.set(member, group.id);
  for (const { bdf, iommuGroupId } of functions) {
    if (isUnreadable(iommuGroupId) || listed.get(bdf) === iommuGroupId) continue;
    const text = `The iommu_group link of ${bdf} says ${inWords(iommuGroupId)}, the groups' own directories say ${inWords(listed.get(bdf))}`;
    problems.add('malformed', `sys/bus/pci/devices/${bdf}/iommu_group`, text);
  }
}

function inWords(groupId: string | undefined): string {
  return groupId === undefined ? 'no group' : `group ${quoteName(groupId)}`;
}

/**
 * Groups by the links of the functions, for a tree that holds these but not the groups' own
 * directories. Members on other buses remain unknown.
 *
 * @returns `undefined` when no function has such a link.
 */
export function groupsByLinks(
  functions: readonly PciFunction[],
): readonly ObservedGroup[] | undefined {
  const members = new Map<string, Bdf[]>();
  for (const { bdf, iommuGroupId: id } of functions) {
    if (id === undefined || isUnreadable(id) || !GROUP_ID.test(id)) continue;
    const group = members.get(id);
    if (group) group.push(bdf);
    else members.set(id, [bdf]);
  }
  if (members.size === 0) return undefined;
  const ids = [...members.keys()].sort((a, b) => Number(a) - Number(b));
  return ids.map((id) => ({ id, members: (members.get(id) ?? []).sort(compareBdf) }));
}
