import type { Plan, PlanReason, PlanRefusal } from '../../../shared/plan.ts';
import type { Result } from '../../../shared/result.ts';
import type { Check } from '../../../shared/verdict.ts';
import type { BindingFacts, BindingWish, PlanNextBoot } from './binding-wish.ts';
import { finishPlan, refuse } from './finish-plan.ts';

/**
 * Plans kernel arguments alone, for a host whose IOMMU has to be switched on before anything can be
 * bound: no function is named, and no driver changes.
 */
export function planArguments(
  wish: BindingWish,
  facts: BindingFacts,
  planNextBoot: PlanNextBoot,
): Result<Plan, PlanRefusal> {
  const bootPlan = planNextBoot([]);
  if (!bootPlan.ok) return refuse(codeOf(bootPlan.error), [bootPlan.error]);
  const words = bootPlan.value.boot?.arguments.join(' ');
  return finishPlan({
    wish,
    facts,
    check: {
      ...NOTHING_MOVES,
      sentence: `The kernel gets ${words ?? 'nothing'}, and no driver changes`,
    },
    moves: [],
    steps: bootPlan.value.steps,
    bootPlan: bootPlan.value,
  });
}

function codeOf({ code }: PlanReason): PlanRefusal['code'] {
  return code === 'nothing-to-do' ? code : 'refused';
}

const NOTHING_MOVES: Omit<Check, 'sentence'> = {
  asked: [],
  verdict: 'ready',
  groupIds: [],
  moves: [],
  stays: [],
  viability: [],
  ownership: 'unbound',
  findings: [],
};
