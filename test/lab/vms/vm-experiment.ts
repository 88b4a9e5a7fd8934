import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../../shared/host.ts';
import type { Boot } from '../boot.ts';
import { failedJudgement, type Experiment, type Judgement } from '../experiment.ts';
import { commonComplaints, headOf, lostIn } from '../helper-experiment.ts';
import { bootWithPlan, type StageWork } from '../helper-stage.ts';
import { readWitness } from '../judge.ts';
import { guestQemu, guestQemuVersion } from './guest-qemu.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { judgeStart, type StartRuling } from './judge-start.ts';
import { answerName, jobOf } from './vm-job.ts';
import type { VmStage } from './vm-stage.ts';
import { writeMachines, type WrittenMachine } from './write-machine.ts';

/** The machine of the laboratory holds QEMU and its machines in its memory. */
const MEMORY = ['-m', '2048'];

/** Has QEMU in a guest start what Airlock wrote for that guest, and the doctor read what it refuses. */
export function vmExperiment(stage: VmStage): Experiment {
  return {
    ...headOf(stage),
    name: `vm-${stage.name}`,
    family: 'vm',
    kernels: stage.kernels,
    boot: (kernel) =>
      bootWithPlan({ ...stage, args: MEMORY }, (_plan, first) => workOf(stage, first), kernel),
    judge: async ([first, second]) => {
      if (first === undefined || second === undefined) return failedJudgement('Not booted twice');
      const witness = await readWitness(first);
      if (typeof witness === 'string') return failedJudgement(witness);
      return judgeStage(stage, await machinesOf(stage, witness.host), second, witness.host);
    },
  };
}

/** A boot that had a plan was read. */
async function workOf(stage: VmStage, first: Boot): Promise<StageWork> {
  const witness = await readWitness(first);
  if (typeof witness === 'string') throw new Error(witness);
  const machines = await machinesOf(stage, witness.host);
  const scripts = [...machines.values()].flatMap(({ files }) => files);
  const words = readFileSync(join(import.meta.dirname, '../guest/vm-words'));
  return {
    job: jobOf(stage.steps, machines),
    files: [{ path: 'helper/vm-words', content: words }, ...scripts, ...(await guestQemu())],
  };
}

async function machinesOf(stage: VmStage, host: Host) {
  return writeMachines(stage, host, await guestQemuVersion());
}

async function judgeStage(
  { steps }: VmStage,
  machines: ReadonlyMap<string, WrittenMachine>,
  booted: Boot,
  host: Host,
): Promise<Judgement> {
  const complaints = [...commonComplaints(booted)];
  const starts: StartRuling[] = [];
  let refusals = 0;
  for (const [at, step] of steps.entries()) {
    if (typeof step === 'string') continue;
    if ('refused' in step) {
      complaints.push(...(await judgeRefusal(step, answerName(at), booted)));
      refusals++;
    }
    if (!('starts' in step)) continue;
    const machine = machines.get(step.starts);
    if (machine === undefined) throw new Error(`No machine ${step.starts}`);
    starts.push(judgeStart(machine, answerName(at), booted, host));
  }
  const all = [...complaints, ...starts.flatMap((start) => start.complaints)];
  return {
    complaints: all.length === 0 ? [] : [...all, booted.console],
    compared: starts.reduce((sum, { devices }) => sum + devices, refusals),
    figures: `${figuresOf(starts, refusals)}; ${lostIn(booted)} drivers lost`,
    rules: new Set(),
  };
}

function figuresOf(starts: readonly StartRuling[], refusals: number): string {
  const onBus = starts.filter(({ isShownOnBus }) => isShownOnBus);
  const devices = onBus.reduce((sum, one) => sum + one.devices, 0);
  const others = starts.length - onBus.length;
  return [
    ...(onBus.length > 0
      ? [`query-pci of ${counted(onBus.length, 'machine')}: ${counted(devices, 'device')}`]
      : []),
    ...(others > 0 ? [`${counted(others, 'machine')} with each device in place`] : []),
    ...(refusals > 0 ? [`${counted(refusals, 'refusal')} explained`] : []),
  ].join(', ');
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
