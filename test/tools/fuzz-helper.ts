import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzHelper, type FuzzResult } from '../support/helper-fuzz/fuzz-helper.ts';

/**
 * Fuzzes `airlock-helper` for longer than CI does, under both shells at once:
 *
 *     npm run fuzz:helper -- --count 10000 --seed 1 --write
 *
 * Needs root, strace and /dev/fuse. Prints what it counted and fails when anything was violated.
 * With `--write` a run becomes a row of test/main/helper/FUZZ.md; runs with other seeds add up.
 */
const TOP = join(import.meta.dirname, '../..');
const TABLE = join(TOP, 'test/main/helper/FUZZ.md');

const INTRODUCTION = [
  '# Mutated plans, given to the helper',
  '',
  'Written by `npm run fuzz:helper -- --write`. A plan is a mutated valid one. `airlock-helper apply` takes it under strace',
  'on a simulated host, and `undo` what was applied. A violation is a name outside of the closed list that was to be',
  'written, a program outside of the closed list, a plan judged otherwise than by the planner’s own reader, a lost driver.',
  'Runs with other seeds add up. The helper is named by the first digits of its SHA-256.',
  '',
];
const HEAD = [
  '| helper | seed | shell | plans | applied and undone | malformed | refused by the host | violations |',
  '|---|---|---|---|---|---|---|---|',
];

interface Row {
  readonly helper: string;
  readonly seed: number;
  readonly shell: string;
  readonly plans: number;
  readonly applied: number;
  readonly malformed: number;
  readonly refused: number;
  readonly violations: number;
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const startedAt = Date.now();
const halves = await Promise.all(
  (['dash', 'BusyBox ash'] as const).map(async (shell, index) => {
    const own = { shell, seed: 2 * seed + index, count: Math.ceil(count / 2) };
    const onProgress = (done: number) => {
      if (done % 1000 === 0) console.error(`${shell}: ${done}`);
    };
    return { ...own, ...(await fuzzHelper({ ...own, onProgress })) };
  }),
);
const seconds = Math.round((Date.now() - startedAt) / 1000);
console.log(JSON.stringify({ count, seed, seconds, halves }, undefined, 2));
if (values.write) writeRows(halves.map(rowOf));
process.exitCode = halves.some(({ violations }) => violations.length > 0) ? 1 : 0;

function rowOf(run: FuzzResult & { shell: string; seed: number; count: number }): Row {
  const helper = readFileSync(join(TOP, 'assets/helper/airlock-helper'));
  const { shell, seed: own, count: plans, statuses, violations } = run;
  const { '0': applied = 0, '2': malformed = 0 } = statuses;
  return {
    helper: createHash('sha256').update(helper).digest('hex').slice(0, 12),
    ...{ seed: own, shell, plans, applied, malformed },
    refused: plans - applied - malformed,
    violations: violations.length,
  };
}

/** Rows of other runs stay; a run with the same helper, shell and seed takes the place of its row. */
function writeRows(rows: readonly Row[]): void {
  const texts = new Map([...oldRows(), ...rows.map(rowText)].map((text) => [keyOf(text), text]));
  const lines = [...texts.values()].toSorted();
  const helper = rows[0]?.helper ?? '';
  const own = lines.map((line) => line.slice(2, -2).split(' | ')).filter(([of]) => of === helper);
  const sum = (cell: number) => own.reduce((total, cells) => total + Number(cells[cell]), 0);
  const words = `${sum(3).toLocaleString('en-US')} plans on the latest helper (${helper}), ${sum(7)} violations.`;
  writeFileSync(TABLE, [...INTRODUCTION, words, '', ...HEAD, ...lines, ''].join('\n'));
}

function oldRows(): readonly string[] {
  if (!existsSync(TABLE)) return [];
  return readFileSync(TABLE, 'utf8')
    .split('\n')
    .filter((line) => /^\| [0-9a-f]{12} /.test(line));
}

function rowText({ helper, seed: own, shell, ...counts }: Row): string {
  return `| ${[helper, own, shell, ...Object.values(counts)].join(' | ')} |`;
}

function keyOf(line: string): string {
  return line.split(' | ').slice(0, 3).join();
}
