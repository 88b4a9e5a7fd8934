import { createHash } from 'node:crypto';
import type { BindingFacts, PlanNextBoot } from '../../main/binding/plan/binding-wish.ts';
import { planBinding } from '../../main/binding/plan/plan-binding.ts';
import { groupingOf } from '../../main/engine/compute-grouping.ts';
import { makeContext } from '../../main/engine/context.ts';
import type { Host } from '../../shared/host.ts';
import type { Plan, PlanRefusal } from '../../shared/plan.ts';
import type { Result } from '../../shared/result.ts';
import { bdf } from './host-notation.ts';

export interface PlanForOptions {
  readonly overrides?: readonly string[];
  readonly isNow?: boolean;
  readonly facts?: Partial<BindingFacts>;
  readonly planNextBoot?: PlanNextBoot;
}

/** Plans to bind functions of a host, on the groups that it shows. */
export function planFor(
  host: Host,
  asked: readonly string[],
  options: PlanForOptions = {},
): Result<Plan, PlanRefusal> {
  const context = makeContext(host);
  const groups = Array.isArray(host.observedGroups) ? host.observedGroups : [];
  return planBinding(
    {
      functions: asked.map(bdf),
      isNow: options.isNow ?? true,
      overrides: (options.overrides ?? []).map(bdf),
      timerMinutes: 10,
    },
    {
      context,
      grouping: groupingOf(context),
      observedGroup: (address) =>
        groups.find(({ members }) => (members as readonly string[]).includes(address)),
      machine: undefined,
      bootId: undefined,
      nameOf: (address) => address,
      digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16),
      ...options.facts,
    },
    options.planNextBoot,
  );
}

/** The lines of the steps, or the code of the refusal and its reasons. */
export function linesOf(plan: Result<Plan, PlanRefusal>): readonly string[] {
  if (plan.ok) return plan.value.steps.map(({ line }) => line);
  const { code, reasons } = plan.error;
  return [code, ...reasons.map((reason) => `${reason.code} ${reason.subjects.join(',')}`)];
}
