import { MAX_LINE_LENGTH, MAX_LINES } from './limits.ts';
import type { ReportLine } from './report-line.ts';

/** The lines of a text, and what was cut. */
export interface CleanText {
  readonly lines: readonly ReportLine[];
  /** True where the text does not end with a line end: its last line may be half. */
  readonly endsMidLine: boolean;
  /** Numbers of lines that were too long and are cut. */
  readonly cutLines: readonly number[];
  readonly hasMoreLines: boolean;
}

/**
 * Undoes what pasting does to the output of programs: line ends of DOS, colours, numbers before
 * each line, marks of quoting, fences of markdown. Prompts become empty lines, because they end
 * what came before.
 */
export function cleanLines(text: string): CleanText {
  const raw = text.split(/\r\n|\n|\r/, MAX_LINES + 1);
  const endsMidLine = raw.at(-1) !== '';
  if (!endsMidLine) raw.pop();
  const numbering = findNumbering(raw);
  const cutLines: number[] = [];
  const lines = raw.slice(0, MAX_LINES).map((line, at) => {
    if (line.length > MAX_LINE_LENGTH) cutLines.push(at + 1);
    const whole = line.slice(0, MAX_LINE_LENGTH);
    return { number: at + 1, text: cleanLine(numbering ? whole.replace(numbering, '') : whole) };
  });
  return { lines, endsMidLine, cutLines, hasMoreLines: raw.length > MAX_LINES };
}

const ODD = /[^\t\x20-\x7e]/;
const COLOUR = /\x1b\[[0-9;]*[A-Za-z]/g;
const SPACES = /[\u00a0\u2000-\u200a\u202f\u3000]/g;
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function cleanLine(raw: string): string {
  let line = raw;
  if (ODD.test(line)) {
    line = line.replace(COLOUR, '').replace(SPACES, ' ').replace(CONTROL, '');
  }
  if (line.startsWith('>')) line = line.replace(/^(> ?)+/, '');
  return isMark(line) ? '' : line;
}

const PROMPT = /^(\[?[\w.-]{1,64}@[\w.-]{1,64}[ :][^$#%>]{0,120}[$#%>]|[$#❯➜%])(\s|$)/u;
const FENCE = /^\s*(```|~~~|\[\/?code\b|<\/?(code|pre)>)/i;

/** A prompt with its command, a comment, or a fence. */
function isMark(line: string): boolean {
  const mayPrompt = line.includes('@') || /^[$#❯➜%]/u.test(line);
  return (mayPrompt && PROMPT.test(line)) || FENCE.test(line);
}

const NUMBERED = /^\s*(\d{1,6})(?:[.:|)](?=\s|$)\s?|\s{1,2}|\t)/;
const LOOKED_AT = 200;

/**
 * Numbers that a pastebin put before each line: they count up by one. Offsets of a hex dump do
 * not, and neither do addresses.
 */
function findNumbering(lines: readonly string[]): RegExp | undefined {
  let next: number | undefined;
  let run = 0;
  for (const line of lines.slice(0, LOOKED_AT)) {
    const number = Number(NUMBERED.exec(line)?.[1] ?? NaN);
    if (Number.isNaN(number)) continue;
    run = number === next ? run + 1 : 0;
    next = number + 1;
    if (run >= 4) return NUMBERED;
  }
  return undefined;
}
