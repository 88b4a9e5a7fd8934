import type { Plan, PlanReason, PlanRefusal } from '../../../shared/plan.ts';
import type { Result } from '../../../shared/result.ts';
import type { Check } from '../../../shared/verdict.ts';
import { checkMove } from '../../engine/check-move.ts';
import type { EngineContext } from '../../engine/context.ts';
import type { BindingFacts, BindingWish, BootPlan, PlanNextBoot } from './binding-wish.ts';
import { findStops, findUnknownFacts } from './find-refusals.ts';
import { finishPlan, refuse } from './finish-plan.ts';
import { decideMove, groupsOf, needsTimer, runSteps, type DecidedMove } from './run-steps.ts';
import type { Step } from './step.ts';

/**
 * Plans the way of functions to VFIO, and of all that has to go with them: whole groups, the
 * smallest set that makes them viable.
 *
 * @param planNextBoot - What the next boot gets; left out where nothing is bound at boot.
 * @returns A plan that the helper's grammar accepts, or each reason why there is none. Facts that
 *   decide and are not known are reasons: nothing is guessed.
 */
export function planBinding(
  wish: BindingWish,
  facts: BindingFacts,
  planNextBoot?: PlanNextBoot,
): Result<Plan, PlanRefusal> {
  const { context, grouping, observedGroup } = facts;
  const hidden = findHiddenGroups(wish, context);
  if (hidden.length > 0) return refuse('unknown-facts', hidden);
  const check = checkMove(wish.functions, context, grouping, observedGroup);
  const stops = findStops(check, context, new Set(wish.overrides));
  if (stops.length > 0) return refuse('refused', stops);
  const unknown = findUnknownFacts(check, context);
  if (unknown.length > 0) return refuse('unknown-facts', unknown);
  const moves = check.moves.map((move) => decideMove(move, context));
  const boot = planNextBoot?.(moves);
  if (boot?.ok === false) return refuse('refused', [boot.error]);
  const bootPlan = boot?.value;
  const steps = stepsOf(moves, wish, facts, bootPlan);
  const isStartEmpty =
    wish.machineStart !== undefined && !steps.some(({ kind }) => kind === 'start');
  if (isStartEmpty || (!steps.some(({ kind }) => kind === 'driver') && bootPlan === undefined)) {
    return refuse('nothing-to-do', [alreadyThere(check)]);
  }
  return finishPlan({ wish, facts, check, moves, steps, bootPlan });
}

function stepsOf(
  moves: readonly DecidedMove[],
  wish: BindingWish,
  { context, observedGroup }: BindingFacts,
  bootPlan: BootPlan | undefined,
): readonly Step[] {
  const run = wish.isNow ? runSteps(moves, groupsOf(moves, observedGroup)) : [];
  if (wish.machineStart !== undefined) {
    return [...run.map((step) => ({ kind: 'start', step }) as const), ...(bootPlan?.steps ?? [])];
  }
  const isTimed = wish.isNow && needsTimer(moves, wish.overrides, context);
  const boot = bootPlan?.steps ?? [];
  return [
    ...(isTimed ? [{ kind: 'timer', when: 'run', minutes: wish.timerMinutes } as const] : []),
    ...boot.filter(({ kind }) => kind === 'timer'),
    ...run,
    ...boot.filter(({ kind }) => kind !== 'timer'),
  ];
}

/** An IOMMU that works and no groups: the source does not show them, which is not "none". */
function findHiddenGroups(
  { functions }: BindingWish,
  { host, iommu }: EngineContext,
): readonly PlanReason[] {
  const groups = host.observedGroups;
  const areShown = Array.isArray(groups) && groups.length > 0;
  if (!iommu.isActive || areShown) return [];
  const text =
    'The source does not show the IOMMU groups of the kernel (sys/kernel/iommu_groups), and a plan acts on no others';
  return [{ code: 'groups-not-shown', subjects: [...functions], text }];
}

function alreadyThere({ asked, moves }: Check): PlanReason {
  const drivers = [...new Set(moves.map(({ driver }) => driver ?? 'no driver'))].join(', ');
  return {
    code: 'nothing-to-do',
    subjects: [...asked],
    text: `VFIO has all of it already (${drivers}): there is nothing to do`,
  };
}
