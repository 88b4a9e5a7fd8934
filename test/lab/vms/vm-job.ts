import type { VmStep } from './vm-stage.ts';
import type { WrittenMachine } from './write-machine.ts';

/** Name of the answers of one step. */
export function answerName(step: number): string {
  return `step-${step}`;
}

/** Shell for the guest. Each start leaves its answers under the number of its step. */
export function jobOf(
  steps: readonly VmStep[],
  machines: ReadonlyMap<string, WrittenMachine>,
): string {
  const lines = steps.map((step, at) => lineOf(step, answerName(at), machines));
  return ['. /helper/vm-words', ...lines, 'give_back_all', 'same_as_before end'].join('\n');
}

function lineOf(
  step: VmStep,
  answer: string,
  machines: ReadonlyMap<string, WrittenMachine>,
): string {
  if (typeof step === 'string') return step;
  if ('refused' in step) return `refused_vm ${answer} ${step.refused}`;
  if ('ends' in step) return `end_vm ${step.ends} ${machines.get(step.ends)?.port}`;
  const start = `start_vm ${answer} ${step.starts}`;
  return `${start}\nask_vm ${answer} ${step.starts} ${machines.get(step.starts)?.port}`;
}
