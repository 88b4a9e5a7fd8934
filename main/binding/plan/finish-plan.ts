import type { Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { Plan, PlanReason, PlanRefusal } from '../../../shared/plan.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Check } from '../../../shared/verdict.ts';
import type { EngineContext } from '../../engine/context.ts';
import { describeStep } from './describe-step.ts';
import { explainIds } from './explain-ids.ts';
import { formatStep, formatSteps } from './format-steps.ts';
import type { BindingFacts, BindingWish, BootPlan } from './binding-wish.ts';
import { groupsOf, PCI_ADDRESS, type DecidedMove } from './run-steps.ts';
import type { Step, StepsFile } from './step.ts';

/** What was decided, before it is a plan. */
export interface Decision {
  readonly wish: BindingWish;
  readonly facts: BindingFacts;
  readonly check: Check;
  readonly moves: readonly DecidedMove[];
  readonly steps: readonly Step[];
  readonly bootPlan: BootPlan | undefined;
}

/**
 * Makes the plan of a decision.
 *
 * @returns A refusal where the helper's grammar cannot carry it, or a fact that decides is not known.
 */
export function finishPlan(decision: Decision): Result<Plan, PlanRefusal> {
  const { facts, check, steps, bootPlan } = decision;
  const { machineStart } = decision.wish;
  const header = {
    machine: facts.machine,
    bootId: facts.bootId,
    kernelRelease: kernelOf(facts.context),
  };
  // Where all is done by hand there is nothing for the helper.
  const isDriven = steps.length > 0;
  const text = isDriven ? stepsText({ planId: '0'.repeat(16), ...header, steps }) : ok('');
  if (!text.ok) return text;
  const { verdict } = check;
  if (verdict === 'unknown' && !isUnknownForStrangersOnly(check)) {
    return refuse('unknown-facts', [unknownVerdict(check)]);
  }
  const timer = steps.find((step) => step.kind === 'timer' && step.when === 'run');
  return ok({
    format: 'airlock-plan/1',
    id: facts.digest(text.value + byHandText(bootPlan)),
    when: [
      ...(steps.some(({ kind }) => kind === 'driver') ? (['now'] as const) : []),
      ...(bootPlan?.boot === undefined ? [] : (['boot'] as const)),
      ...(machineStart === undefined ? [] : (['machine-start'] as const)),
    ],
    source: { kind: facts.context.host.source.kind, name: facts.context.host.source.name },
    boundTo: {
      machine: header.machine ?? 'any',
      boot: header.bootId ?? 'any',
      kernel: header.kernelRelease ?? 'any',
    },
    ...planParts(decision),
    verdict: verdict === 'unknown' ? 'risky' : verdict,
    ...(timer?.kind === 'timer' && { timerMinutes: timer.minutes }),
    steps: steps.map((step) => ({ line: formatStep(step), ...describeStep(step) })),
    ...(machineStart !== undefined && { machineStart }),
    ...(bootPlan?.boot !== undefined && { boot: bootPlan.boot }),
    fileChanges: [...(bootPlan?.fileChanges ?? [])],
    notes: notesOf(decision),
  });
}

/** What a plan says beyond its steps, for its id. */
function byHandText(bootPlan: BootPlan | undefined): string {
  const diffs = (bootPlan?.fileChanges ?? []).filter(({ by }) => by === 'hand');
  return [...diffs.map(({ diff }) => diff), ...(bootPlan?.boot?.instructions ?? [])].join('\n');
}

function planParts({ wish, facts, check, moves }: Decision) {
  const groups = groupsOf(moves, facts.observedGroup);
  return {
    asked: [...check.asked],
    sentence: check.sentence,
    overrides: [...wish.overrides],
    groups: groups.map(({ id, members }) => ({ id, members: [...members] })),
    moves: moves.map(({ bdf, driver, to, target, isAsked }) => ({
      bdf,
      name: facts.nameOf(bdf),
      ...(driver !== undefined && { from: driver }),
      to,
      isAsked,
      by: target === undefined ? ('already' as const) : ('driver' as const),
    })),
    stays: check.stays.map(({ member, driver, reason }) => ({
      member,
      name: PCI_ADDRESS.test(member) ? facts.nameOf(member as Bdf) : member,
      ...(driver !== undefined && { driver }),
      reason,
    })),
    findings: check.findings.map((finding) => ({ ...finding, subjects: [...finding.subjects] })),
  };
}

function notesOf({ check, moves, facts, bootPlan }: Decision): string[] {
  const moving = moves.map(({ bdf }) => bdf);
  const strangers = check.stays.filter(({ member }) => !PCI_ADDRESS.test(member));
  return [
    ...new Set(moves.flatMap(({ notes }) => notes)),
    ...strangers.map(
      ({ member }) =>
        `Whether ${member} lets the group be viable is not known from here. The helper looks after the last step and gives everything back where it does not.`,
    ),
    ...(facts.bootId === undefined
      ? [
          'The plan is not bound to one boot: the source is not the running host. The helper compares every card, driver and group before it acts.',
        ]
      : []),
    ...(facts.machine === undefined
      ? ['The plan is not bound to one machine: the source does not tell its id.']
      : []),
    ...(moving.length === 0 ? [] : [explainIds(moving, facts.context)]),
    ...(bootPlan?.notes ?? []),
  ];
}

/** Members of other buses tell no source their driver: the helper sees it. */
function isUnknownForStrangersOnly({ viability }: Check): boolean {
  return viability.every(({ members }) =>
    members.every(({ member, state }) => state !== 'unknown' || !PCI_ADDRESS.test(member)),
  );
}

function unknownVerdict({ asked, sentence }: Check): PlanReason {
  return { code: 'unknown-fact', subjects: [...asked], text: sentence };
}

/** The kernel's release, where the format can carry it. */
function kernelOf({ host }: EngineContext): string | undefined {
  const release = known(host.kernelRelease);
  return release !== undefined && /^[A-Za-z0-9._+~-]{1,64}$/.test(release) ? release : undefined;
}

function stepsText(file: StepsFile): Result<string, PlanRefusal> {
  const text = formatSteps(file);
  if (text.ok) return text;
  return refuse('refused', [
    {
      code: 'not-expressible',
      subjects: [],
      text: `The helper's format cannot carry this plan: ${text.error.message}`,
    },
  ]);
}

/** A refusal whose message names the first reason. */
export function refuse(
  code: PlanRefusal['code'],
  reasons: readonly PlanReason[],
): Result<never, PlanRefusal> {
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  return err({ code, message: `No plan: ${reasons[0]?.text ?? code}${more}`, reasons });
}
