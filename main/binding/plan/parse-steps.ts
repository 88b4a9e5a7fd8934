import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import { parseStep } from './parse-step.ts';
import type { RunStep, Step, StepsFile } from './step.ts';

/** The most bytes that the helper reads of a plan. */
const MAX_BYTES = 65_536;
/** Every character that a plan may have; the helper's `check_text`. */
const PLAIN_TEXT = /^[a-zA-Z0-9 ._:=,+/~\n-]*$/;
const HEADER_LINES = 5;

const HEADER = {
  plan: /^plan ([0-9a-f]{16})$/,
  machine: /^machine (any|[0-9a-f]{32})$/,
  boot: /^boot (any|[0-9a-f-]{36})$/,
  kernel: /^kernel ([A-Za-z0-9._+~-]{1,64})$/,
} as const;

/**
 * Reads a `steps.txt` by the grammar of `assets/helper/STEPS.md`, as strictly as the helper does:
 * what one accepts, the other accepts.
 *
 * @returns The steps; fails with `malformed-steps` and the number of the first line that breaks
 *   the grammar.
 */
export function parseSteps(text: string): Result<StepsFile, Failure<'malformed-steps'>> {
  if (text.length > MAX_BYTES || !PLAIN_TEXT.test(text)) {
    return malformed('The plan has more than 65536 bytes or a character that no plan has');
  }
  const lines = text.split('\n');
  if (lines.pop() !== '') return malformed('The plan ends before its last line: cut off');
  const header = parseHeader(lines);
  if (typeof header === 'number') return brokenLine(header);
  const steps = parseBody(lines.slice(HEADER_LINES));
  if (typeof steps === 'number') return brokenLine(HEADER_LINES + steps);
  return ok({ ...header, steps });
}

function malformed(message: string): Result<never, Failure<'malformed-steps'>> {
  return failure('malformed-steps', message);
}

function brokenLine(index: number): Result<never, Failure<'malformed-steps'>> {
  return malformed(`Line ${index + 1} of the plan breaks the grammar of steps`);
}

/** The header, or the index of the line that breaks it. */
function parseHeader(lines: readonly string[]): Omit<StepsFile, 'steps'> | number {
  if (lines[0] !== 'airlock-steps/1') return 0;
  const word = (index: number, pattern: RegExp) => pattern.exec(lines[index] ?? '')?.[1];
  const values = [HEADER.plan, HEADER.machine, HEADER.boot, HEADER.kernel].map((pattern, index) =>
    word(index + 1, pattern),
  );
  const broken = values.indexOf(undefined);
  if (broken >= 0) return broken + 1;
  const unlessAny = (value: string | undefined) => (value === 'any' ? undefined : value);
  const [planId = '', machine, bootId, kernelRelease] = values;
  return {
    planId,
    machine: unlessAny(machine),
    bootId: unlessAny(bootId),
    kernelRelease: unlessAny(kernelRelease),
  };
}

/** The steps, or the index of the line that breaks the grammar. */
function parseBody(lines: readonly string[]): readonly Step[] | number {
  const steps: Step[] = [];
  const last = lines.length - 1;
  for (const [index, line] of lines.entries()) {
    if (index === last) return isWholePlan(line, steps) ? steps : index;
    const step = parseStep(line);
    if (step === undefined || !followsFrom(step, steps)) return index;
    steps.push(step);
  }
  return 0;
}

/** The last line counts the steps, no group is open, and a timer of the boot has its unit. */
function isWholePlan(line: string, steps: readonly Step[]): boolean {
  const hasReverter = steps.some((step) => step.kind === 'install' && /^revert-/.test(step.name));
  const waitsAtBoot = steps.some((step) => step.kind === 'timer' && step.when === 'boot');
  const isCounted = steps.length > 0 && line === `end ${steps.length}`;
  return isCounted && openGroup(steps) === undefined && (hasReverter || !waitsAtBoot);
}

type GroupStep = Extract<RunStep, { kind: 'group' }>;

/** The group whose block is open after these steps. */
function openGroup(steps: readonly Step[]): GroupStep | undefined {
  const last = steps
    .map(unkept)
    .findLast((step) => step.kind === 'group' || step.kind === 'viable');
  return last?.kind === 'group' ? last : undefined;
}

/** What a step is when it is carried out: of a kept one, the step itself. */
function unkept(step: Step): Exclude<Step, { kind: 'start' }> {
  return step.kind === 'start' ? step.step : step;
}

const RUN_KINDS: readonly Step['kind'][] = ['module', 'group', 'driver', 'viable'];

/** Whether a step may stand after the others: what is done now and what is kept do not mix. */
function followsFrom(step: Step, before: readonly Step[]): boolean {
  const isMixed =
    step.kind === 'start'
      ? before.some(({ kind }) => RUN_KINDS.includes(kind))
      : RUN_KINDS.includes(step.kind) && before.some(({ kind }) => kind === 'start');
  return !isMixed && isInOrder(unkept(step), before);
}

/** Once each, timers first, drivers within their group. */
function isInOrder(step: Exclude<Step, { kind: 'start' }>, before: readonly Step[]): boolean {
  const open = openGroup(before);
  switch (step.kind) {
    case 'timer':
      return before.every((other) => other.kind === 'timer' && other.when !== step.when);
    case 'group':
      return open === undefined;
    case 'viable':
      return open?.bdf === step.bdf;
    case 'driver':
      return open?.members.includes(step.card.bdf) === true && isFirst(step, before);
    case 'list':
      return before.some((other) => other.kind === 'function') && isFirst(step, before);
    case 'hook':
      return before.some(isKeptDriver) && isFirst(step, before);
    case 'module':
    case 'function':
    case 'install':
    case 'arguments':
    case 'rebuild':
      return isFirst(step, before);
  }
}

function isKeptDriver(step: Step): boolean {
  return step.kind === 'start' && step.step.kind === 'driver';
}

function isFirst(step: Step, before: readonly Step[]): boolean {
  return !before
    .map(unkept)
    .some((other) => other.kind === step.kind && subject(other) === subject(step));
}

/** What a step is about: no two steps of a kind are about the same. */
function subject(step: Step): string | undefined {
  switch (step.kind) {
    case 'driver':
    case 'function':
      return step.card.bdf;
    case 'module':
    case 'install':
      return step.name;
    case 'arguments':
      return step.place;
    case 'rebuild':
      return step.stack;
    case 'timer':
    case 'group':
    case 'viable':
    case 'list':
    case 'hook':
    case 'start':
      return undefined;
  }
}
