import { compareBdf, type Bdf } from '../../shared/bdf.ts';
import { isUnreadable, unreadable, type Fact } from '../../shared/fact.ts';
import type { ObservedGroup } from '../../shared/host.ts';
import type { FactSheet } from './fact-sheet.ts';

/** Groups by number, with all members that the report names. */
export function collectGroups(sheet: FactSheet): Fact<readonly ObservedGroup[]> {
  const members = new Map<string, { pci: Bdf[]; others: string[] }>();
  const membersOf = (group: string) => {
    const listed = members.get(group) ?? { pci: [], others: [] };
    members.set(group, listed);
    return listed;
  };
  for (const [bdf, { group }] of sheet.functions) {
    const id = group?.value;
    if (id !== undefined && !isUnreadable(id)) membersOf(id).pci.push(bdf);
  }
  for (const [name, group] of sheet.otherMembers) membersOf(group).others.push(name);
  if (members.size === 0) return unreadable('NOT_RECORDED');
  return [...members]
    .map(([id, { pci, others }]) => ({
      id,
      members: [...pci.sort(compareBdf), ...others.sort()],
    }))
    .sort((a, b) => Number(a.id) - Number(b.id));
}
