/** One line that the helper printed. */
export type HelperEvent =
  | { readonly kind: 'receipt'; readonly receipt: string; readonly state: string | undefined }
  | {
      readonly kind: 'step';
      readonly number: number;
      readonly total: number;
      readonly phase: 'begin' | 'done' | 'undone';
      /** Kind of the step and what it is about. */
      readonly subject: string;
    }
  | {
      readonly kind: 'problem';
      readonly code: string;
      readonly subject: string;
      readonly text: string;
    }
  | { readonly kind: 'diff'; readonly line: string }
  | {
      readonly kind: 'function';
      readonly bdf: string;
      readonly driver: string;
      readonly planned: string;
    }
  /** Whether the running kernel was started with an argument of the plan. */
  | { readonly kind: 'argument'; readonly word: string; readonly isThere: boolean }
  | { readonly kind: 'seconds-left'; readonly seconds: number }
  /** What the plan changes comes with the next boot. */
  | { readonly kind: 'waits-for' }
  | { readonly kind: 'result'; readonly state: string };

/** The longest line that is taken: a problem names members of a group. */
const MAX_LENGTH = 8192;

/**
 * Reads one line of the helper's output.
 *
 * @returns `undefined` for a line that no helper prints: it is from outside, and not guessed at.
 * @see assets/helper/STEPS.md, "Exit status and output"
 */
export function parseHelperLine(line: string): HelperEvent | undefined {
  if (line.length > MAX_LENGTH) return undefined;
  const [kind = '', rest = ''] = splitOnce(line);
  const words = rest.split(' ');
  switch (kind) {
    case 'receipt':
      return receiptEvent(words);
    case 'step':
      return stepEvent(rest);
    case 'problem': {
      const [code = '', subject = ''] = words;
      const text = words.slice(2).join(' ');
      return text === '' ? undefined : { kind, code, subject, text };
    }
    case 'diff':
      return { kind, line: rest };
    case 'function': {
      const [bdf = '', driver = '', planned = ''] = words;
      return words.length === 3 ? { kind, bdf, driver, planned } : undefined;
    }
    case 'argument': {
      const [word = '', found = ''] = words;
      const isKnown = words.length === 2 && /^(there|missing)$/.test(found);
      return isKnown ? { kind, word, isThere: found === 'there' } : undefined;
    }
    case 'waits-for':
      return rest === 'boot' ? { kind } : undefined;
    case 'seconds-left':
      return /^\d{1,6}$/.test(rest) ? { kind, seconds: Number(rest) } : undefined;
    case 'result':
      return /^[a-z]+$/.test(rest) ? { kind, state: rest } : undefined;
    default:
      return undefined;
  }
}

/** Name of a receipt: a number that grows, and the id of its plan. */
export function isReceiptId(text: string): boolean {
  return /^\d{6}-[0-9a-f]{16}$/.test(text);
}

function receiptEvent([receipt = '', state, ...more]: readonly string[]): HelperEvent | undefined {
  if (!isReceiptId(receipt) || more.length > 0) return undefined;
  return { kind: 'receipt', receipt, state };
}

function stepEvent(rest: string): HelperEvent | undefined {
  const match = /^(\d{1,5}) of (\d{1,5}) (begin|done|undone) (\S+(?: \S*)?)$/.exec(rest);
  if (match === null) return undefined;
  const [, number, total, phase, subject = ''] = match;
  return {
    kind: 'step',
    number: Number(number),
    total: Number(total),
    phase: phase as 'begin' | 'done' | 'undone',
    subject,
  };
}

function splitOnce(line: string): readonly string[] {
  const at = line.indexOf(' ');
  return at < 0 ? [line] : [line.slice(0, at), line.slice(at + 1)];
}
