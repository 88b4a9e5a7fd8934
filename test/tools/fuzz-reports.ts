import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzReaders, type FuzzedReader } from '../support/fuzz-readers.ts';
import { MutatedTexts } from '../support/mutated-texts.ts';

/**
 * Gives broken texts to the readers of reports and of machines, and broken archives to those of
 * archives, and prints what the worst of them took:
 *
 *     node setup.mjs run test/tools/fuzz-reports.ts [--count 100000] [--seed 1] [--only NAME] [--write]
 *
 * Needs xz, bzip2 and zip. Fails where a reader throws or hangs. With `--write` a run becomes rows of
 * test/tools/FUZZ-REPORTS.md; runs with other seeds add up.
 */
const TABLE = join(import.meta.dirname, 'FUZZ-REPORTS.md');
const HANG_MS = 1000;
/** Slower than this, an input is tried again: other work may have been in the way. */
const RETRY_MS = 50;

const INTRODUCTION = [
  '# Fuzzed readers',
  '',
  'Written by `node setup.mjs run test/tools/fuzz-reports.ts --write`. An input is a report, a configuration of a machine',
  'or an archive, cut, doubled, spliced, with bytes changed. A failure is an input at which the reader throws or takes',
  'more than a second. Runs with other seeds add up. Memory is the peak of the process that ran all of them.',
  '',
];
const HEAD = [
  '| reader | seed | inputs | failures | slowest (ms) | peak memory (MiB) |',
  '|---|---|---|---|---|---|',
];
const SUMS = ['| reader | inputs | failures | slowest (ms) |', '|---|---|---|---|'];

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
let allFailures = 0;
for (const reader of await fuzzReaders()) {
  if (values.only !== undefined && !reader.name.startsWith(values.only)) continue;
  const { failures, worstMs } = await fuzz(reader);
  allFailures += failures;
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const row = `| ${[reader.name, seed, count, failures, Math.ceil(worstMs), memory].join(' | ')} |`;
  console.log(row);
  if (values.write) writeRow(row);
}
process.exitCode = allFailures > 0 ? 1 : 0;

async function fuzz(reader: FuzzedReader): Promise<{ failures: number; worstMs: number }> {
  const mutated = new MutatedTexts(reader.seeds, seed);
  let [failures, worstMs] = [0, 0];
  for (let at = 0; at < count; at++) {
    const tookMs = await timed(reader, mutated.next());
    if (tookMs > HANG_MS) failures++;
    worstMs = Math.max(worstMs, tookMs);
  }
  return { failures, worstMs };
}

/** Milliseconds; a reader that throws never ends. */
async function timed(reader: FuzzedReader, bytes: Uint8Array): Promise<number> {
  const once = async (): Promise<number> => {
    const startedMs = performance.now();
    await reader.read(bytes);
    return performance.now() - startedMs;
  };
  try {
    let tookMs = await once();
    for (let again = 0; again < 3 && tookMs > RETRY_MS; again++) {
      tookMs = Math.min(tookMs, await once());
    }
    return tookMs;
  } catch (error) {
    console.error(reader.name, Buffer.from(bytes).toString('base64'), error);
    return Infinity;
  }
}

/** Rows of other runs stay; a run of the same reader and seed takes the place of its row. */
function writeRow(row: string): void {
  const rows = new Map([...oldRows(), row].map((line) => [keyOf(line), line]));
  const lines = [...rows.values()].toSorted();
  const sums = [...Map.groupBy(lines.map(cellsOf), ([name]) => name)].map(([name, own]) => {
    const numbers = (cell: number) => own.map((cells) => Number(cells[cell]));
    const sum = (cell: number) => numbers(cell).reduce((total, one) => total + one, 0);
    return `| ${[name, sum(2), sum(3), Math.max(...numbers(4))].join(' | ')} |`;
  });
  const parts = [...INTRODUCTION, ...SUMS, ...sums, '', '## Runs', '', ...HEAD, ...lines, ''];
  writeFileSync(TABLE, parts.join('\n'));
}

function oldRows(): readonly string[] {
  if (!existsSync(TABLE)) return [];
  const lines = readFileSync(TABLE, 'utf8').split('\n');
  return lines.filter((line) => cellsOf(line).length === 6 && /^\| [\w ]+ \| \d/.test(line));
}

function cellsOf(line: string): readonly string[] {
  return line.slice(2, -2).split(' | ');
}

function keyOf(line: string): string {
  return cellsOf(line).slice(0, 2).join();
}
