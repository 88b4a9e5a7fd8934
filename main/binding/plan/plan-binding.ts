import type { Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { Grouping } from '../../../shared/isolation.ts';
import type { FileChange, NextBoot, Plan, PlanReason, PlanRefusal } from '../../../shared/plan.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Check } from '../../../shared/verdict.ts';
import { checkMove, type ActingGroup } from '../../engine/check-move.ts';
import type { EngineContext } from '../../engine/context.ts';
import { describeStep } from './describe-step.ts';
import { explainIds } from './explain-ids.ts';
import { findStops, findUnknownFacts } from './find-refusals.ts';
import { formatStep, formatSteps } from './format-steps.ts';
import {
  decideMove,
  groupsOf,
  needsTimer,
  PCI_ADDRESS,
  runSteps,
  type DecidedMove,
} from './run-steps.ts';
import type { Step, StepsFile } from './step.ts';

/** What somebody wants. */
export interface BindingWish {
  readonly functions: readonly Bdf[];
  /** Bind at run time; otherwise only what the boot plan brings. */
  readonly isNow: boolean;
  /** Addresses that the user typed to override stops. */
  readonly overrides: readonly Bdf[];
  /** Of the timer, where the plan needs one: 1 to 60. */
  readonly timerMinutes: number;
}

/** What is known about the host, and what the planner cannot make by itself. */
export interface BindingFacts {
  readonly context: EngineContext;
  readonly grouping: Grouping;
  /** The group that the kernel shows; predicted groups are never acted on. */
  readonly observedGroup: (bdf: Bdf) => ActingGroup | undefined;
  /** First 32 digits of the digest of the machine's id, or not known. */
  readonly machine: string | undefined;
  /** Of the running host only: a snapshot may be of an earlier boot. */
  readonly bootId: string | undefined;
  /** The name of a function for people. */
  readonly nameOf: (bdf: Bdf) => string;
  /** 16 hexadecimal digits of a text; the same for the same text. */
  readonly digest: (text: string) => string;
}

/** What `main/binding/boot` adds to a plan for the next boot. */
export interface BootPlan {
  /** After those of run time, a timer before them. None where all is done by hand. */
  readonly steps: readonly Step[];
  readonly boot: NextBoot;
  readonly fileChanges: readonly FileChange[];
  readonly notes: readonly string[];
}

/** Plans the next boot for functions of whole groups; fails with the reason why it cannot. */
export type PlanNextBoot = (moves: readonly DecidedMove[]) => Result<BootPlan, PlanReason>;

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
  if (!steps.some(({ kind }) => kind === 'driver') && bootPlan === undefined) {
    return refuse('nothing-to-do', [alreadyThere(check)]);
  }
  return finish({ wish, facts, check, moves, steps, bootPlan });
}

function stepsOf(
  moves: readonly DecidedMove[],
  wish: BindingWish,
  { context, observedGroup }: BindingFacts,
  bootPlan: BootPlan | undefined,
): readonly Step[] {
  const run = wish.isNow ? runSteps(moves, groupsOf(moves, observedGroup)) : [];
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

interface Decision {
  readonly wish: BindingWish;
  readonly facts: BindingFacts;
  readonly check: Check;
  readonly moves: readonly DecidedMove[];
  readonly steps: readonly Step[];
  readonly bootPlan: BootPlan | undefined;
}

function finish(decision: Decision): Result<Plan, PlanRefusal> {
  const { facts, check, steps, bootPlan } = decision;
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
      ...(bootPlan === undefined ? [] : (['boot'] as const)),
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
    ...(bootPlan !== undefined && { boot: bootPlan.boot }),
    fileChanges: [...(bootPlan?.fileChanges ?? [])],
    notes: notesOf(decision),
  });
}

/** What a plan says beyond its steps, for its id. */
function byHandText(bootPlan: BootPlan | undefined): string {
  const diffs = (bootPlan?.fileChanges ?? []).filter(({ by }) => by === 'hand');
  return [...diffs.map(({ diff }) => diff), ...(bootPlan?.boot.instructions ?? [])].join('\n');
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
    explainIds(moving, facts.context),
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

function refuse(
  code: PlanRefusal['code'],
  reasons: readonly PlanReason[],
): Result<never, PlanRefusal> {
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  return err({ code, message: `No plan: ${reasons[0]?.text ?? code}${more}`, reasons });
}
