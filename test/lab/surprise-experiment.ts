import type { Plan, PlanRefusal } from '../../shared/plan.ts';
import type { Result } from '../../shared/result.ts';
import type { Boot } from './boot.ts';
import { failedJudgement, type Experiment, type Judgement } from './experiment.ts';
import { commonComplaints, headOf, lostIn, proofsOf } from './helper-experiment.ts';
import { bootWithPlan, planOf, type HelperStage } from './helper-stage.ts';

/** Something that a host does to a helper. */
export interface Surprise extends HelperStage {
  /** Shell for the guest, in the words of `guest/helper-words`. */
  readonly job: (plan: Plan) => string;
  /** How many proofs the job comes to; where chance decides, at least so many. */
  readonly proofs: number;
  /** The stop that the planner must name as long as nobody types the address. */
  readonly stop?: string;
}

/** Lets something come between a plan and its end, and looks for every driver afterwards. */
export function surpriseExperiment(surprise: Surprise): Experiment {
  return {
    ...headOf(surprise),
    boot: (kernel) => bootWithPlan(surprise, (plan) => ({ job: surprise.job(plan) }), kernel),
    judge: async ([first, second]) => {
      if (first === undefined) return failedJudgement('Nothing was booted');
      const plan = await planOf(surprise, first);
      if (!plan.ok) return failedJudgement(plan.error.message);
      if (second === undefined) return failedJudgement('Not booted twice');
      const unasked = await planOf({ ...surprise, overrides: [] }, first);
      return judgeSurprise(surprise, stopsOf(unasked), second);
    },
  };
}

function stopsOf(plan: Result<Plan, PlanRefusal>): readonly string[] {
  return plan.ok ? [] : plan.error.reasons.map(({ code }) => code);
}

function judgeSurprise(
  { proofs, stop }: Surprise,
  stops: readonly string[],
  booted: Boot,
): Judgement {
  const proved = proofsOf(booted);
  const complaints = [...commonComplaints(booted)];
  if (proved.length < proofs) {
    complaints.push(`${proved.length} of ${proofs} proofs:\n${booted.console}`);
  }
  if (stops.join() !== (stop ?? '')) complaints.push(`Stops: ${stops.join()}; due: ${stop}`);
  const counted = stop === undefined ? '' : 'the planner stops; ';
  return {
    complaints,
    compared: proved.length + stops.length,
    figures: `${counted}${proved.length} ${proved.length === 1 ? 'proof' : 'proofs'}, ${lostIn(booted)} drivers lost`,
    rules: new Set(),
  };
}
