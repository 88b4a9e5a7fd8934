import type { Step } from '../plan/step.ts';

const ORDER: readonly Step['kind'][] = [
  'timer',
  'function',
  'list',
  'install',
  'arguments',
  'rebuild',
];

/** Steps of several parts in the order of the format, what builds images last and each once. */
export function orderSteps(steps: readonly Step[]): readonly Step[] {
  const isFirst = (step: Step, index: number) =>
    step.kind !== 'rebuild' ||
    steps.findIndex((other) => other.kind === 'rebuild' && other.stack === step.stack) === index;
  return steps
    .filter(isFirst)
    .toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}
