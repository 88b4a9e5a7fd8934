import type { Plan } from '../../shared/plan.ts';
import type { Boot } from './boot.ts';
import { failedJudgement, type Experiment, type Judgement } from './experiment.ts';
import { bootWithPlan, planOf, type HelperStage } from './helper-stage.ts';
import { textOf } from './judge.ts';

const DELAYS_MS = [70, 240, 510, 870];

/** A group to bind on a real kernel with its real drivers, to be killed at and to give back. */
export interface GroupBinding extends HelperStage {
  /** Some kills are enough for `npm test`. */
  readonly kills?: 'all' | 'some';
}

/** Binds what the planner planned and gives it back; then kills the helper again and again, and recovers. */
export function helperExperiment(binding: GroupBinding): Experiment {
  return {
    ...headOf(binding),
    boot: (kernel) =>
      bootWithPlan(
        binding,
        (plan) => ({ job: ['apply_and_undo', ...killsOf(binding, plan)].join('\n') }),
        kernel,
      ),
    judge: async ([first, second]) => {
      if (first === undefined) return failedJudgement('Nothing was booted');
      const plan = await planOf(binding, first);
      if (!plan.ok) return failedJudgement(plan.error.message);
      return second === undefined
        ? failedJudgement('Not booted twice')
        : judgeKills(binding, plan.value, second);
    },
  };
}

/** What each experiment with the helper says of itself. */
export function headOf({ name, shows, iommu, smoke }: HelperStage) {
  return {
    name: `helper-${name}`,
    shows,
    family: 'helper',
    iommu,
    architecture: 'amd64',
    smoke,
  } as const;
}

/** After each step of an apply and of an undo, and at times that nobody chose; or at some of these. */
function killsOf({ kills = 'all' }: GroupBinding, { steps }: Plan): readonly string[] {
  const all = [
    // The receipt is line 1, then come begin and done of each step.
    ...numbers(steps.length + 1).map((line) => `kill_after_line ${2 * line - 1}`),
    ...numbers(steps.length + 1).map((line) => `kill_undo_after_line ${line}`),
    ...DELAYS_MS.map((delay) => `kill_after_time ${delay}`),
  ];
  return kills === 'all' ? all : all.filter((_, at) => at % 5 === 2);
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}

function judgeKills(binding: GroupBinding, plan: Plan, booted: Boot): Judgement {
  const kills = killsOf(binding, plan).length;
  const moved = plan.moves.length;
  const recovered = Math.max(0, proofsOf(booted).length - 1);
  const onVfio = textOf(booted, 'applied').match(/ vfio-pci vfio-pci$/gm)?.length ?? 0;
  const nodes = textOf(booted, 'nodes');
  const complaints = [...commonComplaints(booted)];
  if (onVfio !== moved) complaints.push(`${onVfio} of ${moved} functions were on vfio-pci`);
  if (!nodes.includes('viable=1')) complaints.push(`No viable node: ${nodes}`);
  if (recovered !== kills)
    complaints.push(`Recovered ${recovered} of ${kills}:\n${booted.console}`);
  const bound = `${moved} ${moved === 1 ? 'function' : 'functions'} bound`;
  return {
    complaints,
    compared: proofsOf(booted).length,
    figures: `${bound}; ${kills} kills, ${recovered} recovered, ${lostIn(booted)} drivers lost`,
    rules: new Set(),
  };
}

/** What the guest found as it must be; each with every driver where it was. */
export function proofsOf(booted: Boot): readonly string[] {
  return textOf(booted, 'proved').split('\n').filter(Boolean);
}

/** Functions that were not where they had been, over all of a job. */
export function lostIn(booted: Boot): number {
  return textOf(booted, 'lost').match(/^-/gm)?.length ?? 0;
}

/** What is wrong with any job. */
export function commonComplaints({ mishaps, console }: Boot): readonly string[] {
  if (mishaps.length > 0) return [`${mishaps.join('\n')}\n${console}`];
  return console.includes('LAB done') ? [] : [`The guest did not come to its end:\n${console}`];
}
