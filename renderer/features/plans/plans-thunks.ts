import type { PlanWishView } from '../../../shared/binding.ts';
import type { AppThunk } from '../../app/store.ts';
import { saveFile } from '../../components/save-file.ts';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { applyPlan } from '../receipts/receipts-thunks.ts';
import { hasWish } from './has-wish.ts';
import { selectDraft, selectPlan } from './plans-selectors.ts';
import {
  argumentPlanned,
  planAnswered,
  planApplied,
  planAsked,
  planBegun,
  planSaved,
  planStarted,
} from './plans-slice.ts';
import type { PlanDraft } from './plans-slice.ts';

/** Begins a plan with a function that is chosen already. */
export function planFor(hostId: string, bdf: string): AppThunk {
  return (dispatch) => {
    dispatch(planStarted({ hostId, addresses: [bdf] }));
    dispatch(tabChosen('plans'));
  };
}

/** Begins a plan of a kernel argument alone. */
export function planForArgument(hostId: string, argument: string): AppThunk {
  return (dispatch) => {
    dispatch(argumentPlanned({ hostId, argument }));
    dispatch(tabChosen('plans'));
  };
}

/** Asks for the plan of what is wished, unless it is there for this reading. */
export function askForPlan(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const draft = selectDraft(getState(), hostId);
    if (!hasWish(draft)) return;
    const wish = wishOf(draft);
    const reading = getState().hosts.records[hostId]?.reading ?? 0;
    const key = JSON.stringify([reading, wish]);
    if (draft.askedKey === key && draft.failure === undefined) return;
    dispatch(planAsked({ hostId, key }));
    const reply = await bridge.call('plan:make', { ...wish, hostId });
    const answer = reply.ok ? { answer: reply.value } : { failure: reply.error };
    dispatch(planAnswered({ hostId, key, ...answer }));
  };
}

function wishOf(draft: PlanDraft): PlanWishView {
  const { addresses, overrides, time, timerMinutes, initramfs, loader } = draft;
  const isAtBoot = time !== 'now';
  return {
    addresses: [...addresses],
    overrides: [...overrides],
    timerMinutes,
    isNow: time !== 'boot',
    isAtBoot,
    arguments: isAtBoot ? [...draft.arguments] : [],
    ...(isAtBoot && initramfs !== undefined && { initramfs }),
    ...(isAtBoot && loader !== undefined && { loader }),
  };
}

/** Saves the plan's folder: where the system's dialog says, or as an archive of the browser. */
export function savePlan(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const plan = selectPlan(getState(), hostId);
    if (plan === undefined) return;
    const reply = await bridge.call('plan:export', { hostId, planId: plan.id });
    if (!reply.ok) {
      dispatch(planSaved({ hostId, failure: reply.error }));
    } else if (reply.value.kind === 'folder') {
      dispatch(planSaved({ hostId, exported: reply.value }));
    } else if (reply.value.kind === 'archive') {
      const { bytes, ...exported } = reply.value;
      saveFile(exported.name, bytes);
      dispatch(planSaved({ hostId, exported }));
    }
  };
}

/** Has the plan carried out; where that went well, what remains is to confirm it. */
export function carryOut(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const plan = selectPlan(getState(), hostId);
    if (plan === undefined) return;
    const jobId = crypto.randomUUID();
    dispatch(planBegun({ hostId, jobId }));
    const report = await dispatch(applyPlan(jobId, hostId, plan.id));
    if (report?.result !== 'applied') return;
    dispatch(planApplied({ hostId, receipt: report.receipts.at(-1)?.id }));
  };
}
