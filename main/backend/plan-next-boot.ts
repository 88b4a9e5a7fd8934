import { createHash } from 'node:crypto';
import { known } from '../../shared/fact.ts';
import type { FileChange, NextBoot, PlanReason, UsedStack } from '../../shared/plan.ts';
import { err, ok, type Failure } from '../../shared/result.ts';
import type { BootFunction, BootPlan, BootProblem, Proof } from '../binding/boot/boot-plan.ts';
import {
  ARGUMENT_MECHANISMS,
  INITRAMFS_STACKS,
  type ArgumentMechanism,
  type InitramfsStack,
} from '../binding/boot/boot-stacks.ts';
import type { Detected } from '../binding/boot/detected.ts';
import { planBoot } from '../binding/boot/plan-boot.ts';
import { findTwins } from '../binding/plan/explain-ids.ts';
import type { PlanNextBoot } from '../binding/plan/binding-wish.ts';
import type { DecidedMove } from '../binding/plan/run-steps.ts';
import type { KernelArgument } from '../binding/plan/step-words.ts';
import type { Analysis } from './analyse.ts';
import type { BootConstants } from './boot-constants.ts';
import { fullStop } from './full-stop.ts';
import { keptFunctions, NOTHING_KEPT } from './kept-functions.ts';

/** What somebody says about the next boot. */
export interface BootChoices {
  readonly timerMinutes: number;
  /** Where files do not tell; otherwise they do. */
  readonly initramfs?: InitramfsStack;
  readonly loader?: ArgumentMechanism;
  readonly arguments?: readonly KernelArgument[];
}

/** Makes the part of the planner that knows how the host of an analysis boots. */
export function bootPlanner(
  { host, context }: Analysis,
  choices: BootChoices,
  constants: BootConstants,
): PlanNextBoot {
  return (moves) => {
    const facts = host.machine?.boot;
    if (facts === undefined) return err(NOT_READ);
    const moving = moves.map(({ bdf }) => bdf);
    const own = moves.map((move) => ({
      card: move.card,
      to: move.bootTarget,
      hasUniqueIds: findTwins(move.bdf, moving, context).length === 0,
    }));
    // Where arguments alone are asked for the list stays as it is.
    const kept = moves.length === 0 ? NOTHING_KEPT : keptFunctions(facts, moving, context);
    const functions = [...own, ...kept.functions];
    const { arguments: asked = [], ...rest } = choices;
    const line = known(host.commandLine)?.split(/\s+/) ?? [];
    const missing = asked.filter((word) => !line.includes(word));
    if (functions.length + missing.length === 0) return err(onLineAlready(asked));
    const plan = planBoot(facts, functions, {
      ...rest,
      arguments: missing,
      constants,
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
    });
    if (!plan.ok) return err(reasonOf(plan.error, moves, functions));
    return ok({
      steps: plan.value.steps,
      boot: nextBoot(plan.value, choices, facts.isExact),
      fileChanges: fileChanges(plan.value),
      notes: [...kept.notes, ...plan.value.notes.map(fullStop)],
    });
  };
}

const NOT_READ: PlanReason = {
  code: 'boot-not-read',
  subjects: [],
  text: 'How this host boots was not read, and without it nothing can be planned for the next boot',
};

function onLineAlready(words: readonly string[]): PlanReason {
  const text = `The running kernel was started with ${words.join(' ')} already (proc/cmdline): there is nothing to add`;
  return { code: 'nothing-to-do', subjects: [], text };
}

const CHOICES: Partial<Record<BootProblem, readonly string[]>> = {
  'undecided-initramfs': INITRAMFS_STACKS,
  'undecided-loader': ARGUMENT_MECHANISMS,
};

function reasonOf(
  { code, message }: Failure<BootProblem>,
  moves: readonly DecidedMove[],
  functions: readonly BootFunction[],
): PlanReason {
  const choices = CHOICES[code];
  const named = functions.filter(({ card }) => message.includes(card.bdf));
  const subjects = named.length > 0 ? named.map(({ card }) => card.bdf) : moves.map((m) => m.bdf);
  return { code, subjects, text: message, ...(choices && { choices: [...choices] }) };
}

function nextBoot(plan: BootPlan, choices: BootChoices, isExact: boolean): NextBoot {
  const { detection, initramfs, loader, bindsBy } = plan;
  const timer = plan.steps.find((step) => step.kind === 'timer');
  return {
    ...(initramfs !== undefined && {
      initramfs: usedStack(initramfs, detection.initramfs, choices.initramfs, plan.bindingProof),
    }),
    ...(loader !== undefined && {
      loader: usedStack(loader, detection.loader, choices.loader, plan.loaderProof),
    }),
    ...(bindsBy !== undefined && { bindsBy }),
    ...(plan.startedBy !== undefined && { startedBy: plan.startedBy }),
    hasEntry: plan.hasEntry,
    arguments: [...plan.arguments],
    proof: plan.proof,
    isExact,
    ...(timer?.kind === 'timer' && { timerMinutes: timer.minutes }),
    instructions: [...plan.instructions],
    undoInstructions: [...plan.undoInstructions],
  };
}

function usedStack(
  used: string,
  { reason, installed, evidence }: Detected<string>,
  chosen: string | undefined,
  proof: Proof,
): UsedStack {
  return {
    used,
    isChosen: chosen !== undefined,
    reason,
    installed: [...installed],
    evidence: evidence.map((one) => ({ ...one })),
    proof,
  };
}

function fileChanges({ changes, undoChanges }: BootPlan): readonly FileChange[] {
  return changes.map(({ path, by, diff }) => {
    const undoDiff = undoChanges.find((change) => change.path === path)?.diff ?? '';
    return { path, by, diff, undoDiff };
  });
}
