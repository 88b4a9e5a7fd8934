import { ok } from '../../../shared/result.ts';
import { textBefore } from './boot-files.ts';
import type { BootPart, FileChange } from './boot-plan.ts';
import type { BootResult, BootWish } from './boot-wish.ts';
import { changeFile } from './change-file.ts';
import { installPart } from './helper-part.ts';

/** What has a machine of libvirt get functions when it starts: the hook, and the file of its steps. */
export function machineStartPart(
  wish: BootWish,
  machine: string,
): BootResult<Pick<BootPart, 'steps' | 'changes'>> {
  const hook = installPart(wish, ['libvirt-hook']);
  const kept = textBefore(wish.facts, keptPath(machine));
  if (!hook.ok) return hook;
  if (!kept.ok) return kept;
  const before = kept.value === undefined ? undefined : wish.options.sha256(kept.value);
  return ok({
    steps: [...hook.value.steps, { kind: 'hook', machine, before }],
    changes: hook.value.changes,
  });
}

/**
 * The file that the helper will write for a plan, its `act_hook`: a plan of the kept steps.
 *
 * @param stepsText - The whole `steps.txt`, from whose digest the kept plan has its id.
 */
export function changeKeptSteps(
  { facts, options }: Pick<BootWish, 'facts'> & { options: Pick<BootWish['options'], 'sha256'> },
  machine: string,
  stepsText: string,
): BootResult<FileChange> {
  const lines = stepsText.split('\n');
  const kept = lines.flatMap((line) => /^start (.*)$/.exec(line)?.[1] ?? []);
  const id = options.sha256(stepsText).slice(0, 16);
  const text = [
    ...['airlock-steps/1', `plan ${id}`, lines[2], 'boot any', 'kernel any'],
    ...kept,
    `end ${kept.length}`,
  ];
  return changeFile(facts, keptPath(machine), () => text.map((line) => `${line}\n`).join(''));
}

function keptPath(machine: string): string {
  return `etc/airlock/${machine}.vm`;
}
