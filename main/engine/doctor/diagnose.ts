import { parseBdf, type Bdf } from '../../../shared/bdf.ts';
import type { LogText } from '../../../shared/doctor-report.ts';
import type { LogPattern } from './log-pattern.ts';
import { LOG_PATTERNS } from './patterns/all-patterns.ts';

/** One pattern that logs have, for one device or for none. */
export interface Diagnosis {
  readonly pattern: LogPattern;
  readonly device: Bdf | undefined;
  readonly group: string | undefined;
  /** Name of the log with the first such line. */
  readonly log: string;
  /** The first such line, cut where it is long, and its number from 1. */
  readonly line: string;
  readonly lineNumber: number;
  /** How many such lines there are. */
  readonly count: number;
  /** Ids of the patterns in the same log that explain this one. */
  readonly follows: readonly string[];
}

/** Nothing that programs print about a device is longer; the rest of a line is not looked at. */
const MAX_LINE_LENGTH = 2000;
const MAX_SHOWN_LENGTH = 300;

/**
 * Recognises the lines of logs of one host.
 *
 * @param logs - Kernel log, journal, output of QEMU or libvirt, apart or all of them in one.
 * @returns The root cause first: causes in the order of their first lines, then what other lines
 *   explain, then what is harmless. A line of one log may explain one of another.
 */
export function diagnose(logs: readonly LogText[]): readonly Diagnosis[] {
  const found = new Map<string, Diagnosis>();
  for (const log of logs) noteLines(found, log);
  // In the order of the logs, then of the lines.
  const all = [...found.values()];
  return all
    .map((one) => ({ ...one, follows: explanations(one, all) }))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

function noteLines(found: Map<string, Diagnosis>, { name, text }: LogText): void {
  let lineNumber = 0;
  for (const whole of linesOf(text)) {
    lineNumber++;
    const line = whole.length > MAX_LINE_LENGTH ? whole.slice(0, MAX_LINE_LENGTH) : whole;
    const match = matchLine(line);
    if (match === undefined) continue;
    const key = `${match.pattern.id} ${match.device ?? ''}`;
    const known = found.get(key);
    const first = {
      ...match,
      log: name,
      line: line.trim().slice(0, MAX_SHOWN_LENGTH),
      lineNumber,
      count: 1,
      follows: [],
    };
    found.set(key, known === undefined ? first : { ...known, count: known.count + 1 });
  }
}

/** Whether the log says that something is wrong. */
export function hasCause(diagnoses: readonly Diagnosis[]): boolean {
  return diagnoses.some(({ pattern }) => pattern.weight !== 'harmless');
}

/** A log may have 100 MB: no list of its lines is made. */
function* linesOf(text: string): Generator<string> {
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf('\n', start);
    if (end < 0) {
      yield text.slice(start);
      return;
    }
    yield text.slice(start, end);
    start = end + 1;
  }
}

function matchLine(line: string): Pick<Diagnosis, 'pattern' | 'device' | 'group'> | undefined {
  for (const pattern of LOG_PATTERNS) {
    if (!line.includes(pattern.needle)) continue;
    const match = pattern.regex.exec(line);
    if (match === null) continue;
    return {
      pattern,
      device: deviceIn(match.groups?.['device']) ?? deviceIn(ADDRESS.exec(line)?.[0]),
      group: match.groups?.['group'],
    };
  }
  return undefined;
}

/** An address, and no time of day: that has two digits and a colon before it. */
const ADDRESS = /(?<![0-9a-f:])(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[01][0-9a-f]\.[0-7](?![0-9a-f])/i;

function deviceIn(text: string | undefined): Bdf | undefined {
  return text === undefined ? undefined : parseBdf(text);
}

/** What else in the log explains it: of the same card, or where one of the two names no device. */
function explanations(one: Diagnosis, all: readonly Diagnosis[]): readonly string[] {
  const ids = one.pattern.explainedBy ?? [];
  const explaining = all.filter(
    (other) =>
      ids.includes(other.pattern.id) &&
      (one.device === undefined ||
        other.device === undefined ||
        isOneCard(one.device, other.device)),
  );
  return [...new Set(explaining.map(({ pattern }) => pattern.id))];
}

/** All functions of a card sleep, fail and come back together. */
function isOneCard(a: Bdf, b: Bdf): boolean {
  return a.slice(0, -2) === b.slice(0, -2);
}

function rankOf({ pattern, follows }: Diagnosis): number {
  if (pattern.weight === 'harmless') return 3;
  if (follows.length > 0) return 2;
  return pattern.weight === 'cause' ? 0 : 1;
}
