import { describe, expect, it } from 'vitest';
import { type Outcome, chooseSuites, closingLines, exitStatus } from './run.ts';
import { hasCommand, missingNeeds, permission } from './run-packages.ts';
import type { Suite } from './suites.ts';

function suite(name: string, inCi = true): Suite {
  return { name, shows: '', command: ['true'], counting: 'exit-status', needs: [], inCi };
}

function ran(name: string, failed = 0, skipped = 0): Outcome {
  return { suite: suite(name), state: 'ran', counts: { passed: 3, failed, skipped } };
}

function notRun(name: string, inCi = true): Outcome {
  const missing = [{ command: 'chromium', package: 'chromium' }];
  return { suite: suite(name, inCi), state: 'not-run', missing };
}

describe('closingLines', () => {
  it('end with the count alone on a line', () => {
    expect(closingLines([ran('a'), ran('b')])).toEqual([
      'Suites that ran: a, b',
      '6 passed, 0 failed',
    ]);
  });

  it('name the suites that were not run, with the line that enables them', () => {
    expect(closingLines([ran('a', 1, 2), notRun('b'), notRun('c')])).toEqual([
      'Suites that ran: a',
      expect.stringMatching(
        /^2 suites not run: b, c \(packages are missing: (sudo )?apt-get install chromium\)$/,
      ),
      '3 passed, 1 failed, 2 skipped',
    ]);
  });
});

describe('exitStatus', () => {
  it.each([
    ['all ran', [ran('a')], 0, 0],
    ['one test failed', [ran('a'), ran('b', 1)], 1, 1],
    ['a suite of the CI list was not run', [ran('a'), notRun('b')], 0, 1],
    ['a suite outside the CI list was not run', [ran('a'), notRun('b', false)], 0, 0],
    ['no suite was chosen', [], 1, 1],
  ])('%s', (_name, outcomes, here, inCi) => {
    expect([exitStatus(outcomes, false), exitStatus(outcomes, true)]).toEqual([here, inCi]);
  });
});

describe('chooseSuites', () => {
  it('takes all, those of check, or those that are named', () => {
    const names = (args: readonly string[]) => {
      const chosen = chooseSuites(args);
      return typeof chosen === 'string' ? chosen : chosen.map(({ name }) => name);
    };
    expect(names([])).toEqual(expect.arrayContaining(['unit', 'e2e-serve']));
    expect(names(['--check'])).not.toContain('e2e-serve');
    expect(names(['unit', '--verbose'])).toEqual(['unit']);
    expect(names(['nonsense'])).toMatch(/^Unknown suite "nonsense"; there are: /);
  });

  it('needs no system package for check', () => {
    expect(missingNeeds(chosenNeeds(['--check']))).toEqual([]);
  });
});

function chosenNeeds(args: readonly string[]) {
  const chosen = chooseSuites(args);
  return typeof chosen === 'string' ? [] : chosen.flatMap(({ needs }) => needs);
}

describe('packages', () => {
  const root = {
    isRoot: true,
    isDebianLike: true,
    isTerminal: false,
    isCi: false,
    hasSudo: false,
  };

  it.each([
    ['root without a terminal installs', root, 'install'],
    ['root at a terminal is asked', { ...root, isTerminal: true }, 'ask'],
    [
      'root at a terminal with CI=true installs',
      { ...root, isTerminal: true, isCi: true },
      'install',
    ],
    ['another system is told', { ...root, isDebianLike: false }, 'tell'],
    ['a user without a terminal is told', { ...root, isRoot: false, hasSudo: true }, 'tell'],
    ['a user with CI=true is told', { ...root, isRoot: false, isCi: true, hasSudo: true }, 'tell'],
    [
      'a user at a terminal is asked',
      { ...root, isRoot: false, isTerminal: true, hasSudo: true },
      'ask',
    ],
    ['a user without sudo is told', { ...root, isRoot: false, isTerminal: true }, 'tell'],
  ])('%s', (_name, system, expected) => {
    expect(permission(system)).toBe(expected);
  });

  it('looks for programs on PATH only', () => {
    expect([hasCommand('sh', '/bin:/usr/bin'), hasCommand('sh', '/nowhere')]).toEqual([
      true,
      false,
    ]);
  });

  it('names a package once', () => {
    const need = { command: 'airlock-no-such-program', package: 'some-package' };
    expect(missingNeeds([need, { ...need, command: 'airlock-nor-this' }])).toEqual([need]);
  });
});
