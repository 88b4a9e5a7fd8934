import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchKernel, listedKernels, type FetchedKernel } from '../support/fetch-kernel.ts';
import { BOOT_NAMES, runBoots } from './boots/run-boots.ts';
import type { Experiment } from './experiment.ts';
import { experiments } from './experiments.ts';
import { inParallel } from './in-parallel.ts';
import { keepBoots, keptBoots } from './kept-boot.ts';
import { runRandom } from './random.ts';
import { writeResults, type Result } from './results.ts';
import { writeVms } from './vms/vms-table.ts';

const HELP = `Usage: npm run lab -- [NAME...] [options]

Boots real kernels on emulated machines, and compares what they say with what Airlock says.

  NAME...           experiments to run; all unless named
  --kernel LABEL    only this kernel (${listedKernels.map(({ label }) => label).join(', ')})
  --smoke           only what is part of npm test
  --boots           boot changes in place of the experiments, on guests with systemd: NAME is a
                    stack or a scenario (${BOOT_NAMES.join(', ')})
  --vms             only what starts machines of QEMU inside a guest
  --random N        N machines made by chance in place of the experiments; one that fails is made
                    as small as it can be while it fails
  --seed N          the same seed makes the same machines (by default, another each time)
  --jobs N          boots at a time (2)
  --keep FOLDER     keep what each boot left there
  --from FOLDER     judge what was kept there again, and boot only what is missing
  --no-boot         with --from: leave out what is missing
  --write           keep the table in test/lab/RESULTS.md, VMS.md or BOOTS.md
  --list            list the experiments and end

Exit status: 0 all agrees, 1 something differs or did not happen, 2 usage.

Examples:
  npm run lab
  npm run lab -- switch-nested --kernel 6.1 --keep /tmp/lab
  npm run lab -- --random 50 --seed 7
`;

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    kernel: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    boots: { type: 'boolean', default: false },
    vms: { type: 'boolean', default: false },
    random: { type: 'string' },
    seed: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    keep: { type: 'string' },
    from: { type: 'string' },
    'no-boot': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  if (options.help) return print(HELP);
  if (options.list)
    return print(experiments.map(({ name, shows }) => `${name}: ${shows}\n`).join(''));
  const unknown = unknownWord();
  if (unknown !== undefined) {
    process.stderr.write(`${unknown}\n`);
    return 2;
  }
  if (options.boots) return runBootChanges();
  return options.random === undefined ? runExperiments() : runByChance(Number(options.random));
}

/** What is wrong with the command line, in a sentence. */
function unknownWord(): string | undefined {
  const known = options.boots ? BOOT_NAMES : experiments.map((experiment) => experiment.name);
  const name = names.find((word) => !known.includes(word));
  if (name !== undefined) return `No experiment ${name}; npm run lab -- --list names them`;
  const { kernel, random = '1', seed = '1', jobs } = options;
  if (kernel !== undefined && !listedKernels.some(({ label }) => label === kernel)) {
    return `No kernel ${kernel} in test/support/debian-kernels.json`;
  }
  const number = [random, seed, jobs].find((word) => !/^[1-9]\d*$/.test(word));
  return number === undefined ? undefined : `Not a number above 0: ${number}`;
}

async function runExperiments(): Promise<number> {
  const runs = await chosenRuns();
  const results = await inParallel(runs, Number(options.jobs), runOne);
  const failed = results.filter(({ outcome }) => outcome.complaints.length > 0).length;
  if (options.write) await writeTables(results);
  print(`${results.length - failed} passed, ${failed} failed\n`);
  return failed > 0 || results.length === 0 ? 1 : 0;
}

/** Machines of QEMU have a table of their own. */
async function writeTables(results: readonly Result[]): Promise<void> {
  const { vms = [], others = [] } = Object.groupBy(results, ({ experiment }) =>
    experiment.family === 'vm' ? 'vms' : 'others',
  );
  if (vms.length > 0) await writeVms(vms);
  if (others.length > 0) writeResults(others);
}

async function runBootChanges(): Promise<number> {
  const { smoke: isSmoke, write: isWritten, keep } = options;
  const jobs = Number(options.jobs);
  const rows = await runBoots({ names, isSmoke, jobs, keep, isWritten });
  const failed = rows.filter(({ complaints }) => complaints.length > 0).length;
  print(`${rows.length - failed} passed, ${failed} failed\n`);
  return failed > 0 || rows.length === 0 ? 1 : 0;
}

interface Run {
  readonly experiment: Experiment;
  readonly kernel: FetchedKernel;
}

async function chosenRuns(): Promise<readonly Run[]> {
  const chosen = experiments.filter(
    ({ name, family }) =>
      (names.length === 0 || names.includes(name)) && (!options.vms || family === 'vm'),
  );
  const runs: Run[] = [];
  for (const listed of listedKernels) {
    const wanted = chosen.filter((experiment) => isFor(experiment, listed));
    if (wanted.length === 0) continue;
    const kernel = await fetchKernel(listed.label);
    if (kernel.news !== undefined) print(`note: ${kernel.news}\n`);
    runs.push(...wanted.map((experiment) => ({ experiment, kernel })).filter(isThere));
  }
  return runs;
}

/** Whether there is something to judge: without boots, what was kept. */
function isThere({ experiment, kernel }: Run): boolean {
  if (!options['no-boot']) return true;
  return keptBoots(join(options.from ?? '', `${experiment.name}-${kernel.label}`)).length > 0;
}

function isFor(
  experiment: Experiment,
  { label, architecture }: { label: string; architecture: string },
) {
  const labels = options.smoke ? (experiment.smoke ?? []) : experiment.kernels;
  return (
    experiment.architecture === architecture &&
    (options.kernel ?? label) === label &&
    (labels === undefined || labels.includes(label))
  );
}

async function runOne({ experiment, kernel }: Run): Promise<Result> {
  const folder = `${experiment.name}-${kernel.label}`;
  const kept = options.from === undefined ? [] : keptBoots(join(options.from, folder));
  const boots = kept.length > 0 ? kept : await experiment.boot(kernel);
  if (options.keep !== undefined) keepBoots(join(options.keep, folder), boots);
  const outcome = await experiment.judge(boots);
  const seconds = boots.reduce((sum, booted) => sum + booted.seconds, 0);
  const word = outcome.complaints.length === 0 ? 'ok  ' : 'FAIL';
  const line = `${word} ${experiment.name}, ${kernel.label}: ${outcome.figures}, ${seconds.toFixed(1)} s`;
  print([line, ...outcome.complaints, ''].join('\n'));
  return { experiment, kernel, outcome, boots: boots.length, seconds };
}

async function runByChance(count: number): Promise<number> {
  const labels = listedKernels.filter(({ architecture }) => architecture === 'amd64');
  const kernels: FetchedKernel[] = [];
  for (const { label } of labels) {
    if ((options.kernel ?? label) === label) kernels.push(await fetchKernel(label));
  }
  const seed = Number(options.seed ?? Math.floor(Math.random() * 1_000_000) + 1);
  print(`seed ${seed}\n`);
  const { boots, compared, failure } = await runRandom(kernels, count, seed, (line) =>
    print(`${line}\n`),
  );
  if (failure) print(`The smallest that fails:\n${failure.text}\n`);
  print(`${compared} functions compared in ${boots} boots\n`);
  print(`${failure ? count - 1 : count} passed, ${failure ? 1 : 0} failed\n`);
  return failure ? 1 : 0;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
