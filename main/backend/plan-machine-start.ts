import { createHash } from 'node:crypto';
import type { Plan, PlanReason } from '../../shared/plan.ts';
import { err, failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { reverseChange } from '../binding/boot/change-file.ts';
import type { FileChange } from '../binding/boot/boot-plan.ts';
import { changeKeptSteps, machineStartPart } from '../binding/boot/machine-start-part.ts';
import type { PlanNextBoot } from '../binding/plan/binding-wish.ts';
import { planSteps } from '../binding/plan/plan-files.ts';
import { VM_NAME } from '../binding/plan/step-words.ts';
import type { Analysis } from './analyse.ts';
import type { BootConstants } from './boot-constants.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Makes the part of the planner that has a machine of libvirt get functions when it starts. */
export function startPlanner(
  { host }: Analysis,
  machine: string,
  constants: BootConstants,
): PlanNextBoot {
  return () => {
    const facts = host.machine?.boot;
    const wrong = whatIsWrong(machine, facts?.files['etc/unraid-version'] !== undefined);
    if (wrong !== undefined) return err(wrong);
    if (facts === undefined) return err(reason('boot-not-read', NOT_READ));
    const options = { arguments: [], timerMinutes: undefined, constants, sha256 };
    const part = machineStartPart({ facts, functions: [], options }, machine);
    if (!part.ok) return err(reason(part.error.code, part.error.message));
    const { steps, changes } = part.value;
    return ok({ steps, boot: undefined, fileChanges: changes.map(changeByHelper), notes: [] });
  };
}

/** The plan with the file of the kept steps, which has its id from the plan itself. */
export function withKeptSteps(plan: Plan, { host }: Analysis): Result<Plan, Failure<'unreadable'>> {
  const facts = host.machine?.boot;
  if (plan.machineStart === undefined || facts === undefined) return ok(plan);
  const options = { sha256 };
  const change = changeKeptSteps({ facts, options }, plan.machineStart, planSteps(plan));
  if (!change.ok) return failure('unreadable', change.error.message);
  return ok({ ...plan, fileChanges: [...plan.fileChanges, changeByHelper(change.value)] });
}

function changeByHelper(change: FileChange): Plan['fileChanges'][number] {
  const { path, diff } = change;
  return { path, by: 'helper', diff, undoDiff: reverseChange(change).diff };
}

const NOT_READ =
  'Which files there are was not read, and without that no hook of libvirt can be planned';

function whatIsWrong(machine: string, isUnraid: boolean): PlanReason | undefined {
  if (isUnraid) {
    return reason(
      'no-lasting-hook',
      'On Unraid /etc is in memory: a hook would not outlive a boot',
    );
  }
  return VM_NAME.test(machine)
    ? undefined
    : reason(
        'machine-name',
        `The name ${JSON.stringify(machine)} cannot be the name of a file: 1 to 64 letters, digits, ".", "_" and "-", and neither "." nor "-" first`,
      );
}

function reason(code: string, text: string): PlanReason {
  return { code, subjects: [], text };
}
