import { onTestFinished } from 'vitest';
import { formatSteps } from '../../../main/binding/plan/format-steps.ts';
import type { Step, StepsFile } from '../../../main/binding/plan/step.ts';
import { graphicsCard } from './graphics-card.ts';
import { Sandbox, type RunResult, type ShellName } from './sandbox.ts';
import type { SimulatedKernel } from './simulated-kernel.ts';

export const PLAN_ID = 'a1b2c3d4e5f60718';
/** The receipt of the first plan that a fresh host applies. */
export const RECEIPT = `000001-${PLAN_ID}`;

/** The host with the graphics card, gone after the test. */
export async function openHost(
  shell: ShellName,
  storage: 'memory' | 'disk' = 'memory',
): Promise<{
  readonly kernel: SimulatedKernel;
  readonly sandbox: Sandbox;
}> {
  const kernel = graphicsCard();
  const sandbox = await Sandbox.open(kernel, shell, storage);
  onTestFinished(() => sandbox.close());
  return { kernel, sandbox };
}

/** Writes a plan into the sandbox and returns its path there. */
export function putPlan(
  sandbox: Sandbox,
  steps: readonly Step[],
  header: Partial<StepsFile> = {},
): string {
  const file = { planId: PLAN_ID, machine: undefined, bootId: undefined, kernelRelease: undefined };
  const text = formatSteps({ ...file, ...header, steps });
  if (!text.ok) throw new Error(text.error.message);
  sandbox.write('/plan/steps.txt', text.value);
  return '/plan/steps.txt';
}

/** The problems that a run named: code and subject. */
export function problems({ stdout }: RunResult): readonly string[] {
  const lines = stdout.split('\n').filter((line) => line.startsWith('problem '));
  return lines.map((line) => line.split(' ').slice(1, 3).join(' '));
}

/** The last line of a run. */
export function outcome({ status, stdout }: RunResult): string {
  return `${status} ${stdout.trimEnd().split('\n').at(-1) ?? ''}`;
}
