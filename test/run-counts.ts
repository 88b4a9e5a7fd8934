import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counting } from './suites.ts';

/** What a suite counted. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How a suite's program ended. */
export interface Ending {
  /** `undefined` when a signal ended it. */
  readonly status: number | undefined;
  readonly output: string;
  /** Folder of its own for the reports it was asked to write. */
  readonly folder: string;
}

/** What must be added to a command and its environment so that it writes a report to count by. */
export function reporting(
  counting: Counting,
  folder: string,
): { args: readonly string[]; env: Readonly<Record<string, string>> } {
  const file = join(folder, REPORT);
  switch (counting) {
    case 'vitest':
      return {
        args: ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
        env: {},
      };
    case 'playwright':
      return { args: ['--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } };
    case 'closing-line':
    case 'depcruise':
    case 'exit-status':
    case 'node-test':
      return { args: [], env: {} };
  }
}

/**
 * Counts what a suite ran. The exit status has the last word: a runner that failed without a
 * failed test (it crashed, or a file did not load) has one failure, and so has one that ran
 * nothing, because a suite that checked nothing must not pass.
 */
export function countTests(counting: Counting, ending: Ending): Counts {
  const counts = rawCounts(counting, ending);
  const hasFailed = ending.status !== 0 || counts.passed + counts.failed === 0;
  return hasFailed && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const REPORT = 'report.json';
const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

function rawCounts(counting: Counting, ending: Ending): Counts {
  switch (counting) {
    case 'exit-status':
      return ending.status === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
    case 'closing-line':
      return countClosingLine(ending.output);
    case 'depcruise':
      return countCruised(ending);
    case 'node-test':
      return countNodeTest(ending.output);
    case 'vitest':
      return countVitest(readReport(ending.folder));
    case 'playwright':
      return countPlaywright(readReport(ending.folder));
  }
}

/** The last line `N passed, N failed`. */
function countClosingLine(output: string): Counts {
  const [, passed = 0, failed = 0] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  return { passed: Number(passed), failed: Number(failed), skipped: 0 };
}

/** dependency-cruiser is content with zero modules, for example after a change of its resolver. */
function countCruised(ending: Ending): Counts {
  const modules = Number(/\((\d+) modules,/.exec(ending.output)?.[1] ?? 0);
  if (ending.status !== 0) return { ...NOTHING, failed: 1 };
  return modules > 0 ? { ...NOTHING, passed: 1 } : NOTHING;
}

/** Totals of Node's own test runner, in its `spec` or `tap` form. */
function countNodeTest(output: string): Counts {
  const total = (what: string) =>
    Number(new RegExp(`^(?:ℹ|#) ${what} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const skipped = total('skipped') + total('todo');
  return { passed: total('pass'), failed: total('fail') + total('cancelled'), skipped };
}

function countVitest(report: Report): Counts {
  return {
    passed: count(report['numPassedTests']),
    failed: count(report['numFailedTests']),
    skipped: count(report['numPendingTests']) + count(report['numTodoTests']),
  };
}

/** A flaky test passed in the end; Playwright's own output names it. */
function countPlaywright(report: Report): Counts {
  const stats = (report['stats'] ?? {}) as Report;
  return {
    passed: count(stats['expected']) + count(stats['flaky']),
    failed: count(stats['unexpected']),
    skipped: count(stats['skipped']),
  };
}

type Report = Readonly<Record<string, unknown>>;

/** A runner that died wrote no report, or half of one: then nothing was counted. */
function readReport(folder: string): Report {
  try {
    return JSON.parse(readFileSync(join(folder, REPORT), 'utf8')) as Report;
  } catch {
    return {};
  }
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
