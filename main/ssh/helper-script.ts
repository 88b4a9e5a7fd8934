import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wholeScript } from './find-rights.ts';

/** Verbs of the helper that a person asks for. */
export type HelperVerb = 'check' | 'apply' | 'undo' | 'confirm' | 'status' | 'recover';

/** What the helper is to do on a host. */
export interface HelperErrand {
  readonly verb: HelperVerb;
  /** Name of a receipt: for `undo` and `confirm`, and where one is asked for `status`. */
  readonly receipt?: string;
  /** Text of a `steps.txt`: for `check` and `apply`. */
  readonly steps?: string;
}

/** Ends each text. It has a character that no plan has, and a line of the shipped files it is not. */
const END = '%end%';
const MAX_STEPS_BYTES = 65_536;

/** Why an errand is none, in words after "Cannot run the helper: "; `undefined` where it is one. */
export function errandProblem({ verb, receipt, steps }: HelperErrand): string | undefined {
  const wantsSteps = verb === 'check' || verb === 'apply';
  if (wantsSteps !== (steps !== undefined)) return `${verb} takes ${wantsSteps ? 'a' : 'no'} plan`;
  if (steps !== undefined && !isPlanText(steps)) {
    return 'the plan has more than 65536 bytes, a character that no plan has, or no end of its last line';
  }
  const wantsReceipt = verb === 'undo' || verb === 'confirm';
  if (receipt === undefined) return wantsReceipt ? `${verb} needs a receipt` : undefined;
  if (!wantsReceipt && verb !== 'status') return `${verb} takes no receipt`;
  return /^\d{6}-[0-9a-f]{16}$/.test(receipt) ? undefined : 'no receipt has such a name';
}

/** The check of the helper itself, before anything is sent; see `assets/helper/STEPS.md`, "Text". */
function isPlanText(steps: string): boolean {
  return steps.length <= MAX_STEPS_BYTES && /^[a-zA-Z0-9 ._:=,+/~\n-]*\n$/.test(steps);
}

/**
 * The script that brings the helper to a host and runs it there: the constant `over-ssh`, then
 * files and plan as texts that no shell evaluates.
 *
 * @param helperFolder - `assets/helper`.
 * @param errand - One that {@link errandProblem} has nothing against.
 */
export function helperScript(helperFolder: string, errand: HelperErrand): string {
  const read = (name: string) => readFileSync(join(helperFolder, name), 'utf8');
  const constants = readdirSync(join(helperFolder, 'boot')).map((name) => `boot/${name}`);
  const files = ['airlock-helper', ...constants].map((name) => putText(name, read(name)));
  const plan = errand.steps === undefined ? [] : [putText('steps.txt', errand.steps)];
  const words = ['carry', errand.verb, ...(errand.receipt === undefined ? [] : [errand.receipt])];
  return wholeScript(
    [read('over-ssh'), 'make_folder', ...files, ...plan, words.join(' ')].join('\n'),
  );
}

function putText(name: string, text: string): string {
  const isCarried =
    /^[a-z.-]+(\/[a-z-]+)?$/.test(name) && text.endsWith('\n') && !text.includes(END);
  if (!isCarried) throw new Error(`The file ${name} cannot be carried as a text`);
  return `put ${name} <<'${END}'\n${text}${END}`;
}
