import type { Bdf } from '../../shared/bdf.ts';
import type { FailureCode } from '../../shared/contract.ts';
import { known } from '../../shared/fact.ts';
import type { Plan, PlanRefusal } from '../../shared/plan.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { ArgumentMechanism, InitramfsStack } from '../binding/boot/boot-stacks.ts';
import { planArguments } from '../binding/plan/plan-arguments.ts';
import type { PlanNextBoot } from '../binding/plan/binding-wish.ts';
import { planBinding } from '../binding/plan/plan-binding.ts';
import type { KernelArgument } from '../binding/plan/step-words.ts';
import type { Analysis } from './analyse.ts';
import type { BootConstants } from './boot-constants.ts';
import { findFunctions } from './check-view.ts';
import type { DeviceNames } from './device-names.ts';
import { fullStop } from './full-stop.ts';
import { startPlanner, withKeptSteps } from './plan-machine-start.ts';
import { bootPlanner } from './plan-next-boot.ts';
import { readThisMachine, shortDigest } from './this-machine.ts';

/** How long a run-time binding waits for its confirmation; the helper takes 1 to 60. */
export const DEFAULT_TIMER_MINUTES = 10;

/** What somebody typed or clicked. */
export interface PlanWish {
  readonly addresses: readonly string[];
  readonly overrides: readonly string[];
  /** Of both timers: after the last step, and after the first boot. */
  readonly timerMinutes: number;
  readonly isNow: boolean;
  readonly isAtBoot: boolean;
  /** Neither: whenever the machine of libvirt with this name starts, by hooks. */
  readonly machineStart?: string;
  /** Where files do not tell how the host boots, and what its kernel is told besides. */
  readonly initramfs?: InitramfsStack;
  readonly loader?: ArgumentMechanism;
  readonly arguments?: readonly KernelArgument[];
}

/** What Airlock ships and a plan needs. */
export interface PlanShipped {
  readonly names: DeviceNames;
  readonly constants: BootConstants;
}

/**
 * Plans to bind functions now, at boot, or both; without an address kernel arguments alone.
 *
 * @returns Fails with what the planner refuses, or where an address is none of the host's.
 */
export function makePlan(
  analysis: Analysis,
  wish: PlanWish,
  { names, constants }: PlanShipped,
): Result<Plan, PlanRefusal | Failure<FailureCode>> {
  const functions = findFunctions(analysis, wish.addresses);
  if (!functions.ok) return functions;
  const overrides = findFunctions(analysis, wish.overrides);
  if (!overrides.ok) return overrides;
  const { host, context, grouping } = analysis;
  const binding = {
    functions: functions.value,
    isNow: wish.isNow,
    overrides: overrides.value,
    timerMinutes: wish.timerMinutes,
    ...(wish.machineStart !== undefined && { machineStart: wish.machineStart }),
  };
  const facts = {
    context,
    grouping,
    observedGroup: observedGroups(analysis),
    ...readThisMachine(host),
    nameOf: namesOf(analysis, names),
    digest: (text: string) => shortDigest(text, 16),
  };
  const planNextBoot = nextPlanner(analysis, wish, constants);
  const plan =
    functions.value.length === 0 && planNextBoot !== undefined
      ? planArguments(binding, facts, planNextBoot)
      : planBinding(binding, facts, planNextBoot);
  if (!plan.ok) return plan;
  const whole = withKeptSteps(plan.value, analysis);
  return whole.ok ? ok(withFullStops(whole.value)) : failure('cannot-open', whole.error.message);
}

function nextPlanner(
  analysis: Analysis,
  wish: PlanWish,
  constants: BootConstants,
): PlanNextBoot | undefined {
  if (wish.machineStart !== undefined) return startPlanner(analysis, wish.machineStart, constants);
  return wish.isAtBoot ? bootPlanner(analysis, wish, constants) : undefined;
}

function observedGroups({ host }: Analysis) {
  const groups = known(host.observedGroups) ?? [];
  const byMember = new Map(
    groups.flatMap((group) => group.members.map((member) => [member, group] as const)),
  );
  return (bdf: Bdf) => byMember.get(bdf);
}

function namesOf({ context }: Analysis, names: DeviceNames) {
  return (bdf: Bdf) => {
    const fn = context.topology.find(bdf)?.fn;
    return fn === undefined ? bdf : names.device(fn);
  };
}

function withFullStops(plan: Plan): Plan {
  return {
    ...plan,
    sentence: fullStop(plan.sentence),
    stays: plan.stays.map((stay) => ({ ...stay, reason: fullStop(stay.reason) })),
    findings: plan.findings.map((finding) => ({ ...finding, text: fullStop(finding.text) })),
  };
}
