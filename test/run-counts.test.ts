import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countTests } from './run-counts.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-counts-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(value: unknown): void {
  writeFileSync(join(folder, 'report.json'), JSON.stringify(value));
}

describe('countTests', () => {
  it('counts a check by its exit status', () => {
    const ending = { status: 0, output: '', folder };
    expect(countTests('exit-status', ending)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countTests('exit-status', { ...ending, status: 2 }).failed).toBe(1);
  });

  it.each([
    ['✔ no dependency violations found (26 modules, 42 dependencies cruised)', 0],
    ['✔ no dependency violations found (0 modules, 0 dependencies cruised)', 1],
    ['', 1],
  ])('takes an import check that read nothing for a failure: %s', (output, failed) => {
    expect(countTests('depcruise', { status: 0, output, folder }).failed).toBe(failed);
  });

  it('reads the totals of Vitest', () => {
    report({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 });
    const counts = countTests('vitest', { status: 1, output: '', folder });
    expect(counts).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('reads the totals of Playwright and takes flaky for passed', () => {
    report({ stats: { expected: 5, unexpected: 0, flaky: 1, skipped: 3 } });
    const counts = countTests('playwright', { status: 0, output: '', folder });
    expect(counts).toEqual({ passed: 6, failed: 0, skipped: 3 });
  });

  it("reads the totals of Node's own runner", () => {
    const output =
      'ℹ tests 8\nℹ suites 1\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\n';
    const counts = countTests('node-test', { status: 1, output, folder });
    expect(counts).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  it('reads a closing line, and takes a runner without one for a failure', () => {
    const output = 'ok   a\nFAIL b\n5 passed, 2 failed\n';
    const counts = countTests('closing-line', { status: 1, output, folder });
    expect(counts).toEqual({ passed: 5, failed: 2, skipped: 0 });
    expect(countTests('closing-line', { status: 0, output: '', folder }).failed).toBe(1);
  });

  it('counts one failure when a runner fails without a failed test', () => {
    report({ numPassedTests: 7, numFailedTests: 0 });
    expect(countTests('vitest', { status: 1, output: '', folder }).failed).toBe(1);
  });

  it.each([undefined, 0])('counts one failure when no report was written, status %s', (status) => {
    const counts = countTests('vitest', { status, output: '', folder });
    expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts one failure when every test was skipped', () => {
    report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 4 } });
    expect(countTests('playwright', { status: 0, output: '', folder }).failed).toBe(1);
  });
});
