import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { computeGrouping } from '../../main/engine/compute-grouping.ts';
import { openReportFile } from '../../main/reports/open-report.ts';
import { bigHost, bigTree } from '../support/big-host.ts';
import { buildTree } from '../support/build-tree.ts';
import { makeHost } from '../support/host-notation.ts';
import { importSeconds, searchTimes } from './library.ts';
import { writeLspciText } from './lspci-text.ts';
import { longestWaitMs, lookCosts } from './live.ts';
import { pictureTimes } from './picture.ts';
import { listWithTar, megabytes, writeSosreport } from './sosreport.ts';

/**
 * Measures speed and memory and prints a table. Nothing here fails because a machine is slow: the
 * figures that count are ratios to a peer that runs in turn with ours.
 *
 *     npm run bench [-- --write]      --write keeps the table in test/bench/RESULTS.md
 *     npm run bench -- PART…          only these parts, without keeping anything
 */

const TOP = join(import.meta.dirname, '../..');
const AIRLOCK = join(TOP, 'out/cli/airlock.js');
const ROUNDS = 7;

interface Run {
  readonly wallMs: number;
  readonly peakMiB: number;
}

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly goal: string;
}

/** Runs a program to its end; memory is the kernel's own high-water mark, read while it runs. */
function measure(program: string, args: readonly string[]): Promise<Run> {
  const startedMs = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let peakKiB = 0;
  const poll = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakKiB = Math.max(peakKiB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // The process has ended between two looks.
      clearInterval(poll);
    }
  }, 3);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      clearInterval(poll);
      resolve({ wallMs: performance.now() - startedMs, peakMiB: peakKiB / 1024 });
    });
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Our process against the peer's, in turn, so that a busy machine slows both. */
async function againstLspci(tree: string): Promise<readonly Row[]> {
  const ours: Run[] = [];
  const peer: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await measure(process.execPath, [AIRLOCK, 'groups', tree, '--json']));
    peer.push(await measure('lspci', ['-vv', '-O', `sysfs.path=${tree}/sys/bus/pci`]));
  }
  const our = median(ours.map(({ wallMs }) => wallMs));
  const their = median(peer.map(({ wallMs }) => wallMs));
  return [
    {
      what: '`airlock groups DIR --json`, 4,096 functions, whole process, to `lspci -vv` of the same tree',
      figure: `${(our / their).toFixed(2)} times (${our.toFixed(0)} ms to ${their.toFixed(0)} ms)`,
      goal: 'at most 1.0 times',
    },
    {
      what: 'its peak memory',
      figure: `${Math.max(...ours.map(({ peakMiB }) => peakMiB)).toFixed(0)} MiB`,
      goal: 'under 200 MB',
    },
  ];
}

async function coldStart(folder: string): Promise<readonly Row[]> {
  const tree = join(folder, 'small');
  buildTree(tree, { functions: bigTree(64), iommu: 'dmar0' });
  const runs: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    runs.push((await measure(process.execPath, [AIRLOCK, 'groups', tree, '--json'])).wallMs);
    bare.push((await measure(process.execPath, ['-e', '0'])).wallMs);
  }
  return [
    {
      what: 'Cold start of the command line on 64 functions',
      figure: `${median(runs).toFixed(0)} ms (Node alone: ${median(bare).toFixed(0)} ms)`,
      goal: 'under 250 ms',
    },
  ];
}

/** The engine alone; the first runs warm it up, as a long-lived window has. */
function predictAlone(): readonly Row[] {
  const times = [4096, 16_384, 65_536].map((count) => {
    const host = makeHost({
      functions: bigHost(count).map(({ bdf, parent, secondary, physicalFunction }) => ({
        at: bdf,
        ids: [0x8086, 0x1572] as const,
        ...(parent !== undefined && { below: parent }),
        ...(physicalFunction !== undefined && { physicalFunction }),
        ...(secondary !== undefined && {
          type: 'root-port' as const,
          secondary,
          acs: [0x1f, 0x1d] as const,
        }),
      })),
    });
    const runs = Array.from({ length: ROUNDS }, () => {
      const startedMs = performance.now();
      computeGrouping(host);
      return performance.now() - startedMs;
    });
    return { count, ms: median(runs) };
  });
  return times.map(({ count, ms }) => ({
    what: `Predicting the groups of ${count.toLocaleString('en')} functions, engine alone`,
    figure: `${ms.toFixed(1)} ms (${((ms / count) * 1000).toFixed(2)} µs a function)`,
    goal: count === 4096 ? 'under 50 ms' : 'linear',
  }));
}

async function useLibrary(folder: string): Promise<readonly Row[]> {
  const { count, seconds } = await importSeconds(folder);
  const { snapshots, worst, medianMs } = searchTimes(folder, ROUNDS);
  return [
    {
      what: `Searching a library of ${snapshots.toLocaleString('en')} snapshots, the slowest of the searches`,
      figure: `${worst.ms.toFixed(1)} ms (${worst.words || 'everything'}; the middle one ${medianMs.toFixed(1)} ms)`,
      goal: 'under 20 ms',
    },
    {
      what: `Importing ${count.toLocaleString('en')} snapshots into the library, each one synced`,
      figure: `${seconds.toFixed(0)} s`,
      goal: 'under 60 s',
    },
  ];
}

async function drawPicture(tree: string): Promise<readonly Row[]> {
  const { firstMs, openAllMs, panning, panningOpen, longestTasksMs } = await pictureTimes(
    AIRLOCK,
    tree,
  );
  const frames = ({ medianMs, p95Ms, worstMs }: typeof panning, taskMs = 0) =>
    `${medianMs.toFixed(0)} ms (95 %: ${p95Ms.toFixed(0)} ms, worst ${worstMs.toFixed(0)} ms; longest task ${taskMs.toFixed(0)} ms)`;
  const [firstTask = 0, panTask = 0, openTask = 0, openPanTask = 0] = longestTasksMs;
  return [
    {
      what: 'Picture of 4,096 functions, from the click to the first node',
      figure: `${firstMs.toFixed(0)} ms (longest task ${firstTask.toFixed(0)} ms)`,
      goal: 'no task over 100 ms',
    },
    {
      what: 'pulling it about, one frame (software rendering)',
      figure: frames(panning, panTask),
      goal: 'under 34 ms',
    },
    {
      what: 'opening every bundle of it',
      figure: `${openAllMs.toFixed(0)} ms (longest task ${openTask.toFixed(0)} ms)`,
      goal: 'no task over 100 ms',
    },
    {
      what: 'pulling it about with all open, one frame',
      figure: frames(panningOpen, openPanTask),
      goal: 'under 34 ms',
    },
  ];
}

async function watchHost(folder: string, tree: string): Promise<readonly Row[]> {
  const looks = lookCosts(folder, [50, 1000]);
  const waits: number[] = [];
  for (let round = 0; round < ROUNDS; round++) waits.push(await longestWaitMs(tree));
  return [
    ...looks.map(({ count, cpuMs, share }) => ({
      what: `Watching a live host of ${count.toLocaleString('en')} functions, part of one processor`,
      figure: `${(share * 100).toFixed(2)} % (${cpuMs.toFixed(2)} ms a look)`,
      goal: 'under 1 %',
    })),
    {
      what: 'Opening 4,096 functions: the longest that the thread which answers the window is busy',
      figure: `${median(waits).toFixed(0)} ms`,
      goal: 'under 100 ms',
    },
  ];
}

/** A long text of lspci, as somebody sends it: its reader alone, the first time and later ones. */
async function openText(folder: string): Promise<readonly Row[]> {
  const path = join(folder, 'lspci.txt');
  const lines = writeLspciText(path, 5000);
  const reading: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = performance.now();
    openReportFile(path);
    reading.push(performance.now() - startedMs);
    whole.push((await measure(process.execPath, [AIRLOCK, 'groups', path, '--json'])).wallMs);
  }
  return [
    {
      what: `Opening a text of \`lspci -vvnn\` with ${lines.toLocaleString('en')} lines`,
      figure: `${median(reading).toFixed(0)} ms (the first time ${reading[0]?.toFixed(0)} ms; \`airlock groups FILE --json\`, whole process, ${median(whole).toFixed(0)} ms)`,
      goal: 'under 100 ms',
    },
  ];
}

/** A large bundle against unpacking and listing it, in turn; fewer rounds, since each takes long. */
async function openBundle(folder: string): Promise<readonly Row[]> {
  process.stderr.write('Writing a large sosreport …\n');
  const archive = await writeSosreport(folder);
  const ours: Run[] = [];
  const peer: number[] = [];
  for (let round = 0; round < 3; round++) {
    ours.push(await measure(process.execPath, [AIRLOCK, 'groups', archive, '--json']));
    peer.push(listWithTar(archive));
  }
  const our = median(ours.map(({ wallMs }) => wallMs));
  const their = median(peer);
  return [
    {
      what: `Opening a sosreport of ${megabytes(archive).toFixed(0)} MB (.tar.xz), to \`xz -dc | tar t\` of it`,
      figure: `${(our / their).toFixed(2)} times (${(our / 1000).toFixed(1)} s to ${(their / 1000).toFixed(1)} s)`,
      goal: 'at most 1.5 times',
    },
    {
      what: 'its peak memory',
      figure: `${Math.max(...ours.map(({ peakMiB }) => peakMiB)).toFixed(0)} MiB`,
      goal: 'under 300 MB',
    },
  ];
}

function table(rows: readonly Row[]): string {
  return [
    '| what | measured | goal |',
    '|---|---|---|',
    ...rows.map(({ what, figure, goal }) => `| ${what} | ${figure} | ${goal} |`),
  ].join('\n');
}

/** What can be measured by itself: `npm run bench -- bundle text`. */
const PARTS: Readonly<Record<string, (folder: string) => Promise<readonly Row[]>>> = {
  engine: async () => predictAlone(),
  tree: async (folder) => againstLspci(largeTree(folder)),
  start: coldStart,
  watch: async (folder) => watchHost(folder, largeTree(folder)),
  library: useLibrary,
  picture: async (folder) => drawPicture(largeTree(folder)),
  text: openText,
  bundle: openBundle,
};

function largeTree(folder: string): string {
  const tree = join(folder, 'big');
  if (existsSync(tree)) return tree;
  process.stderr.write('Writing a tree of 4,096 functions …\n');
  buildTree(tree, { functions: bigTree(4096), iommu: 'dmar0' });
  return tree;
}

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = mkdtempSync(join(tmpdir(), 'airlock-bench-'));
try {
  const rows: Row[] = [];
  for (const [name, measurePart] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    rows.push(...(await measurePart(folder)));
  }
  const text = table(rows);
  process.stdout.write(`${text}\n`);
  if (values.write && positionals.length === 0) {
    const head = `# Benchmarks\n\nMedians of ${ROUNDS} rounds of \`npm run bench\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}. Machines differ: compare ratios, not milliseconds.\n\n`;
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), `${head}${text}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
