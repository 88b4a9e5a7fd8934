import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import { parseSteps } from './parse-steps.ts';
import type { CardIdentity, Step, StepsFile } from './step.ts';

/**
 * Writes a `steps.txt`.
 *
 * @returns The text, which the helper's grammar accepts; fails with `malformed-steps` where the
 *   steps break it: a driver whose name the format cannot carry, a function outside of its group.
 */
export function formatSteps(file: StepsFile): Result<string, Failure<'malformed-steps'>> {
  const header = [
    'airlock-steps/1',
    `plan ${file.planId}`,
    `machine ${file.machine ?? 'any'}`,
    `boot ${file.bootId ?? 'any'}`,
    `kernel ${file.kernelRelease ?? 'any'}`,
  ];
  const lines = [...header, ...file.steps.map(formatStep), `end ${file.steps.length}`];
  const text = lines.map((line) => `${line}\n`).join('');
  const parsed = parseSteps(text);
  if (!parsed.ok) return failure('malformed-steps', parsed.error.message);
  return ok(text);
}

/** Writes one step as its line, without the line's end. */
export function formatStep(step: Step): string {
  switch (step.kind) {
    case 'timer':
      return `timer ${step.when} ${step.minutes}`;
    case 'start':
      return `start ${formatStep(step.step)}`;
    case 'hook':
      return `hook ${step.machine} ${step.before ?? 'absent'}`;
    case 'module':
      return `module ${step.name}`;
    case 'group':
      return `group ${step.bdf} ${step.members.join(',')}`;
    case 'driver':
      return `driver ${formatCard(step.card)} ${step.from ?? 'none'} ${step.override ?? 'none'} ${step.to}`;
    case 'viable':
      return `viable ${step.bdf}`;
    case 'function':
      return `function ${formatCard(step.card)} ${step.to}`;
    case 'list':
      return `list ${step.before ?? 'absent'}`;
    case 'install':
      return `install ${step.name} ${step.before ?? 'absent'}`;
    case 'arguments':
      return `arguments ${step.place} ${step.before ?? 'absent'} ${step.arguments.join(' ')}`;
    case 'rebuild':
      return `rebuild ${step.stack}`;
  }
}

function formatCard({ bdf, ids, subsystem, classCode, slot }: CardIdentity): string {
  return `${bdf} ${ids} ${subsystem} ${classCode} ${slot ?? '-'}`;
}
