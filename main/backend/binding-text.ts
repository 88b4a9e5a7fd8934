import type { HelperReport } from '../../shared/helper-report.ts';
import type { PlanRefusal } from '../../shared/plan.ts';
import { shellWord } from '../../shared/shell-word.ts';
import { describeStep } from '../binding/plan/describe-step.ts';
import type { StepsFile } from '../binding/plan/step.ts';
import type { HelperEvent } from '../binding/run/helper-event.ts';

/**
 * Why there is no plan, for people: each reason, and what would take it away.
 *
 * @param source - The host as the command line names it; `live` for this one.
 */
export function refusalText({ reasons }: PlanRefusal, source = 'live'): string {
  return [
    'No plan:',
    ...reasons.flatMap(({ code, text, overridable, choices, argument }) => [
      `  ${text}`,
      ...(choices === undefined
        ? []
        : [
            `    If you know it, say it: ${OPTIONS[code] ?? code} with one of ${choices.join(', ')}`,
          ]),
      ...(overridable === undefined || overridable.length === 0
        ? []
        : [`    To do it all the same: ${overridable.map((at) => `--override ${at}`).join(' ')}`]),
      ...(argument === undefined ? [] : [`    First: ${argumentCommand(argument, source)}`]),
    ]),
  ].join('\n');
}

/** The command that plans a kernel argument alone. */
export function argumentCommand(argument: string, source = 'live'): string {
  const words = ['airlock plan --boot --argument', argument, '--out plan'];
  return [...words, ...(source === 'live' ? [] : [shellWord(source)])].join(' ');
}

/** Options of the command line that answer a reason. */
const OPTIONS: Readonly<Record<string, string>> = {
  'undecided-initramfs': '--initramfs',
  'undecided-loader': '--loader',
};

/** What a `steps.txt` will do, for people, before it is done. */
export function stepsText({ planId, steps }: StepsFile): string {
  return [
    `Plan ${planId}:`,
    ...steps.map((step, index) => `  ${index + 1}. ${describeStep(step).effect}`),
  ].join('\n');
}

/** One line of the helper's progress, for people; `undefined` for what the report says better. */
export function progressText(event: HelperEvent): string | undefined {
  if (event.kind === 'problem') return `  problem: ${event.text}`;
  if (event.kind !== 'step' || event.phase === 'begin') return undefined;
  return `  step ${event.number} of ${event.total} ${event.phase}: ${event.subject}`;
}

/**
 * How a verb of the helper ended, for people.
 *
 * @param source - The host as the command line names it; nothing for this one.
 */
export function reportText(report: HelperReport, source = ''): string {
  const suffix = source === '' ? '' : ` ${source}`;
  return [
    ...report.receipts.flatMap((receipt) => receiptLines(receipt, suffix)),
    ...report.diff.map((line) => `  ${line}`),
    ...outcomeLines(report, suffix),
  ].join('\n');
}

function receiptLines(
  {
    id,
    state,
    secondsLeft,
    waitsForBoot,
    functions,
    arguments: words,
  }: HelperReport['receipts'][number],
  suffix: string,
): readonly string[] {
  return [
    `Receipt ${id}${state === undefined ? '' : `: ${state}`}`,
    ...(secondsLeft === undefined
      ? []
      : [
          `  given back in ${secondsLeft} seconds unless confirmed: airlock confirm ${id}${suffix}`,
        ]),
    ...functions.map(({ bdf, driver, planned }) =>
      driver === planned ? `  ${bdf} ${driver}` : `  ${bdf} ${driver}, planned ${planned}`,
    ),
    ...(words ?? []).map(({ word, isThere }) =>
      isThere ? `  ${word}` : `  ${word} planned, and not on the kernel line`,
    ),
    ...(waitsForBoot === true ? ['  waits for the next boot: then it is compared'] : []),
  ];
}

const OUTCOMES: Readonly<Record<string, string>> = {
  undone: 'Everything is given back',
  refused: 'Refused: nothing was changed',
  stuck: 'Not everything could be given back. See the problems, then run airlock recover',
  confirmed: 'Confirmed: it stays',
  kept: 'Kept until the next boot; confirm again after it',
};

function outcomeLines({ verb, result, receipts }: HelperReport, suffix: string): readonly string[] {
  if (result === 'applied') {
    return [`Done. airlock undo ${receipts.at(-1)?.id ?? 'RECEIPT'}${suffix} takes it back`];
  }
  if (result !== undefined) return [OUTCOMES[result] ?? result];
  if (verb === 'recover') return ['Nothing is left unfinished'];
  return receipts.length === 0 ? ['There are no receipts on this host'] : [];
}
