/**
 * Runs the suites of `test/suites.ts` and counts their tests.
 *
 *     node test/run.ts [--check] [--verbose] [--list] [SUITE...]
 *
 * Two suites run side by side, those marked `alone` by themselves. The output of a suite is shown
 * when it failed, or with `--verbose`. The last line is `N passed, N failed`, alone on its line.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Counts, type Ending, countTests, reporting } from './run-counts.ts';
import { getPackages, installLine, missingNeeds } from './run-packages.ts';
import { type Need, type Suite, suites } from './suites.ts';

/** What became of one suite. */
export type Outcome =
  | { readonly suite: Suite; readonly state: 'ran'; readonly counts: Counts }
  | { readonly suite: Suite; readonly state: 'not-run'; readonly missing: readonly Need[] };

const ROOT = join(import.meta.dirname, '..');
const SLOTS = 2;
const HEARTBEAT_MS = 30_000;

async function main(args: readonly string[]): Promise<number> {
  const chosen = chooseSuites(args);
  if (typeof chosen === 'string') {
    console.error(chosen);
    return 2;
  }
  if (args.includes('--list')) {
    for (const suite of chosen) console.log(`${suite.name.padEnd(14)} ${suite.shows}`);
    return 0;
  }
  endWithSuites();
  await getPackages(missingNeeds(chosen.flatMap((suite) => suite.needs)), console.log);
  const outcomes = await runAll(chosen, args.includes('--verbose'));
  const isCi = process.env['CI'] === 'true';
  console.log(['', ...closingLines(outcomes)].join('\n'));
  return exitStatus(outcomes, isCi);
}

/** The suites that the arguments ask for, or one line that says what is wrong with them. */
export function chooseSuites(args: readonly string[]): readonly Suite[] | string {
  const options = ['--check', '--verbose', '--list'];
  const names = args.filter((arg) => !options.includes(arg));
  const unknown = names.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    return `Unknown suite "${unknown}"; there are: ${suites.map((suite) => suite.name).join(', ')}`;
  }
  const named = suites.filter((suite) => names.length === 0 || names.includes(suite.name));
  return args.includes('--check') ? named.filter((suite) => suite.inCheck) : named;
}

/** What the end of a run says. The count comes last, because CI reads it there. */
export function closingLines(outcomes: readonly Outcome[]): readonly string[] {
  const missed = outcomes.filter((outcome) => outcome.state === 'not-run');
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const outcome of outcomes) {
    if (outcome.state === 'not-run') continue;
    total.passed += outcome.counts.passed;
    total.failed += outcome.counts.failed;
    total.skipped += outcome.counts.skipped;
  }
  const ran = outcomes.filter((outcome) => outcome.state === 'ran');
  return [
    `Suites that ran: ${ran.map((outcome) => outcome.suite.name).join(', ') || 'none'}`,
    ...(missed.length > 0 ? [missedText(missed)] : []),
    describe(total),
  ];
}

/** 0 unless a test failed, or CI missed a suite that it must run. */
export function exitStatus(outcomes: readonly Outcome[], isCi: boolean): number {
  const isBad = (outcome: Outcome) =>
    outcome.state === 'ran' ? outcome.counts.failed > 0 : isCi && outcome.suite.inCi;
  return outcomes.length === 0 || outcomes.some(isBad) ? 1 : 0;
}

/** One line: which suites were not run, and what to type to enable all of them. */
function missedText(missed: readonly (Outcome & { state: 'not-run' })[]): string {
  const names = missed.map((outcome) => outcome.suite.name).join(', ');
  const noun = missed.length === 1 ? 'suite' : 'suites';
  const line = installLine(missed.flatMap((outcome) => outcome.missing));
  return `${missed.length} ${noun} not run: ${names} (packages are missing: ${line})`;
}

function describe(counts: Counts): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}

/** Runs what can run, {@link SLOTS} at a time, in the order of the list. */
async function runAll(chosen: readonly Suite[], isVerbose: boolean): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const shared = chosen.filter((suite) => !suite.alone);
  const one = async (suite: Suite) => outcomes.push(await runOne(suite, isVerbose));
  const worker = async () => {
    for (let suite = shared.shift(); suite; suite = shared.shift()) await one(suite);
  };
  await Promise.all(Array.from({ length: SLOTS }, worker));
  for (const suite of chosen.filter((other) => other.alone)) await one(suite);
  return outcomes;
}

async function runOne(suite: Suite, isVerbose: boolean): Promise<Outcome> {
  const missing = missingNeeds(suite.needs);
  if (missing.length > 0) {
    const packages = missing.map((need) => need.package).join(', ');
    console.log(`- ${suite.name}: not run, needs ${packages}`);
    return { suite, state: 'not-run', missing };
  }
  console.log(`  ${suite.name} …`);
  const startedAtMs = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'airlock-test-'));
  try {
    const ending = await runCommand(suite, folder, startedAtMs);
    const counts = countTests(suite.counting, ending);
    if (counts.failed > 0 || isVerbose) console.log(ending.output.trimEnd());
    const mark = counts.failed > 0 ? '✖' : '✔';
    console.log(`${mark} ${suite.name}: ${describe(counts)}, ${seconds(startedAtMs)}`);
    return { suite, state: 'ran', counts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs one suite's command in a process group of its own, so that its end takes browsers and
 * servers with it, and collects its output.
 */
function runCommand(suite: Suite, folder: string, startedAtMs: number): Promise<Ending> {
  const report = reporting(suite.counting, folder);
  const [program = '', ...args] = [...suite.command, ...report.args];
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...childEnvironment(), ...report.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output: Buffer[] = [];
  const note = (text: string) => output.push(Buffer.from(`${text}\n`));
  const finish = (status: number | undefined) => {
    clearInterval(heartbeat);
    clearTimeout(limit);
    running.delete(child.pid);
    resolve({ status, folder, output: Buffer.concat(output).toString('utf8') });
  };
  const heartbeat = setInterval(() => {
    console.log(`  ${suite.name} … ${seconds(startedAtMs)}`);
  }, HEARTBEAT_MS);
  const limitMinutes = suite.limitMinutes ?? 20;
  const limit = setTimeout(() => {
    note(`${suite.name} was ended after ${limitMinutes} minutes`);
    endGroup(child.pid, 'SIGKILL');
  }, limitMinutes * 60_000);
  running.add(child.pid);
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  child.on('error', (error) => {
    note(`Cannot start ${program}: ${error.message}`);
    finish(undefined);
  });
  child.on('close', (status) => finish(status ?? undefined));
  return promise;
}

/** Process groups to end when the run itself is ended. */
const running = new Set<number | undefined>();

function endWithSuites(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const pid of running) endGroup(pid, 'SIGTERM');
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has just ended by itself, which is what was wanted.
  }
}

/**
 * Programs of the lockfile first; colours as this process's own output has them. Only one of the
 * two variables, because Node warns on standard error where both are set.
 */
function childEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, ...rest } = process.env;
  const bin = join(ROOT, 'node_modules', '.bin');
  const path = [bin, rest['PATH'] ?? ''].join(delimiter);
  return { ...rest, PATH: path, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' };
}

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

// Last, so that every constant above is there.
if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
