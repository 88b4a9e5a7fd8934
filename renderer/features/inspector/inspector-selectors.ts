import type { CheckView, Explanation } from '../../../shared/view.ts';
import type { RootState } from '../../app/store.ts';
import { NOT_COVERED } from '../groups/group-items.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import type { Selection } from '../selection/selection-slice.ts';
import type { Answer } from './inspector-slice.ts';

export const selectExplanation = (
  state: RootState,
  hostId: string,
  bdf: string,
): Answer<Explanation> | undefined => state.inspector.explanations[hostId]?.[bdf];

export const selectCheck = (
  state: RootState,
  hostId: string,
  key: string,
): Answer<CheckView> | undefined => state.inspector.checks[hostId]?.[key];

/** Whether the reading on show has what was selected in an earlier one no more. */
export const selectIsGone = (
  state: RootState,
  hostId: string,
  selection: Selection | undefined,
): boolean => {
  const host = selectHost(state, hostId);
  if (host === undefined || selection === undefined) return false;
  if (selection.kind === 'group') {
    return selection.groupId !== NOT_COVERED && host.groups[selection.groupId] === undefined;
  }
  const { bdf } = selection;
  return (
    host.functions[bdf] === undefined &&
    !Object.values(host.groups).some(({ members }) => members.includes(bdf))
  );
};
