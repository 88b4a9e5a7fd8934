import type { CheckView } from '../../shared/view.ts';
import { checkMove } from '../engine/check-move.ts';
import type { Analysis } from './analyse.ts';
import { asCheckView } from './check-view.ts';
import { passableMembers } from './passable-members.ts';

/** Judges each group as a whole: what a person would pass on of it. */
export function judgeGroups(analysis: Analysis): CheckView[] {
  const { context, grouping, actingGroups, actingGroup } = analysis;
  return actingGroups
    .map((group) => passableMembers(group, context))
    .filter((members) => members.length > 0)
    .map((members) => asCheckView(checkMove(members, context, grouping, actingGroup)));
}
