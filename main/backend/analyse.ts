import type { Bdf } from '../../shared/bdf.ts';
import { known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import type { Difference, Grouping } from '../../shared/isolation.ts';
import type { ActingGroup } from '../engine/check-move.ts';
import { groupingOf } from '../engine/compute-grouping.ts';
import { makeContext, type EngineContext, type GroupingOptions } from '../engine/context.ts';
import { findDifferences } from '../engine/differences.ts';

/** A host with everything that the engine says about its groups. */
export interface Analysis {
  readonly host: Host;
  readonly context: EngineContext;
  readonly grouping: Grouping;
  readonly differences: readonly Difference[];
  /** The group to act on: the kernel's where it shows some, otherwise the predicted one. */
  actingGroup(bdf: Bdf): ActingGroup | undefined;
  readonly actingGroups: readonly ActingGroup[];
  readonly actsOn: 'observed' | 'predicted';
}

/** Runs the engine over one host. */
export function analyse(host: Host, options: GroupingOptions = {}): Analysis {
  const context = makeContext(host, options);
  const grouping = groupingOf(context);
  const observed = known(host.observedGroups) ?? [];
  const actsOn = grouping.isActive && observed.length > 0 ? 'observed' : 'predicted';
  const actingGroups: readonly ActingGroup[] = actsOn === 'observed' ? observed : grouping.groups;
  const byMember = new Map<string, ActingGroup>();
  for (const group of actingGroups) {
    for (const member of group.members) byMember.set(member, group);
  }
  return {
    host,
    context,
    grouping,
    differences: findDifferences(context, grouping),
    actingGroup: (bdf) => byMember.get(bdf),
    actingGroups,
    actsOn,
  };
}
