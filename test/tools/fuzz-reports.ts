import { openArchiveBytes } from '../../main/host/open-archive.ts';
import { openReport } from '../../main/reports/open-report.ts';
import { MutatedTexts } from '../support/mutated-texts.ts';
import { REPORT_SEEDS } from '../support/report-seeds.ts';

/**
 * Gives broken texts to the readers of reports, and broken archives to those of archives, and prints
 * what the worst of them took.
 *
 *     node setup.mjs run test/tools/fuzz-reports.ts [--count 100000] [--seed 1]
 */
const count = Number(optionOf('--count') ?? 100_000);
const seed = Number(optionOf('--seed') ?? 1);
const HANG_MS = 1000;
const ORIGIN = { kind: 'archive', name: 'fuzzed', label: 'fuzzed' } as const;
let hangs = 0;

for (const [name, text] of Object.entries(REPORT_SEEDS)) {
  const mutated = new MutatedTexts([text, ...Object.values(REPORT_SEEDS)], seed);
  let worstMs = 0;
  for (let at = 0; at < count; at++) {
    const bytes = mutated.next();
    const startedMs = performance.now();
    openReport('fuzzed', bytes);
    if (at % 16 === 0) await openArchiveBytes(ORIGIN, bytes);
    const tookMs = performance.now() - startedMs;
    if (tookMs > HANG_MS) hangs++;
    worstMs = Math.max(worstMs, tookMs);
  }
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${name}: ${count} inputs, none threw, the slowest ${worstMs.toFixed(0)} ms, peak memory ${memory} MiB`,
  );
}
process.exitCode = hangs > 0 ? 1 : 0;

function optionOf(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
