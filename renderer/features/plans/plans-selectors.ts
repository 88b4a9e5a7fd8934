import type { RootState } from '../../app/store.ts';
import { NEW_DRAFT, type PlanDraft } from './plans-slice.ts';

export const selectDraft = (state: RootState, hostId: string): PlanDraft =>
  state.plans.byHost[hostId] ?? NEW_DRAFT;

/** The plan on the table, where there is one. */
export const selectPlan = (state: RootState, hostId: string) => {
  const { answer } = selectDraft(state, hostId);
  return answer?.kind === 'plan' ? answer.plan : undefined;
};
