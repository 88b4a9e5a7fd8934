import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchKernel, listedKernels, type FetchedKernel } from '../support/fetch-kernel.ts';
import type { Experiment, Outcome } from './experiment.ts';
import { experiments } from './experiments.ts';
import { inParallel } from './in-parallel.ts';
import { runRandom } from './random.ts';
import { writeResults, type Result } from './results.ts';

const HELP = `Usage: npm run lab -- [NAME...] [options]

Boots real kernels on emulated machines, and compares what they say with what Airlock says.

  NAME...           experiments to run; all unless named
  --kernel LABEL    only this kernel (${listedKernels.map(({ label }) => label).join(', ')})
  --smoke           only what is part of npm test
  --random N        N machines made by chance in place of the experiments; one that fails is made
                    as small as it can be while it fails
  --seed N          the same seed makes the same machines (by default, another each time)
  --jobs N          boots at a time (2)
  --keep FOLDER     keep what each boot left there
  --write           keep the table in test/lab/RESULTS.md
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
    random: { type: 'string' },
    seed: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    keep: { type: 'string' },
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
  return options.random === undefined ? runExperiments() : runByChance(Number(options.random));
}

/** What is wrong with the command line, in a sentence. */
function unknownWord(): string | undefined {
  const name = names.find((word) => !experiments.some((experiment) => experiment.name === word));
  if (name !== undefined) return `No experiment ${name}; npm run lab -- --list names them`;
  const { kernel, random = '1', seed = '1', jobs } = options;
  if (kernel !== undefined && !listedKernels.some(({ label }) => label === kernel)) {
    return `No kernel ${kernel} in test/support/debian-kernels.json`;
  }
  const number = [random, seed, jobs].find((word) => !/^[1-9]\d*$/.test(word));
  return number === undefined ? undefined : `Not a number above 0: ${number}`;
}

async function runExperiments(): Promise<number> {
  const startedMs = performance.now();
  const runs = await chosenRuns();
  const results = await inParallel(runs, Number(options.jobs), runOne);
  const failed = results.filter(({ outcome }) => outcome.complaints.length > 0).length;
  if (options.write) writeResults(results, (performance.now() - startedMs) / 1000);
  print(`${results.length - failed} passed, ${failed} failed\n`);
  return failed > 0 || results.length === 0 ? 1 : 0;
}

interface Run {
  readonly experiment: Experiment;
  readonly kernel: FetchedKernel;
}

async function chosenRuns(): Promise<readonly Run[]> {
  const chosen = experiments.filter(({ name }) => names.length === 0 || names.includes(name));
  const runs: Run[] = [];
  for (const listed of listedKernels) {
    const wanted = chosen.filter((experiment) => isFor(experiment, listed));
    if (wanted.length === 0) continue;
    const kernel = await fetchKernel(listed.label);
    if (kernel.news !== undefined) print(`note: ${kernel.news}\n`);
    runs.push(...wanted.map((experiment) => ({ experiment, kernel })));
  }
  return runs;
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
  const outcome = await experiment.run(kernel);
  if (options.keep !== undefined)
    keep(join(options.keep, `${experiment.name}-${kernel.label}`), outcome);
  const word = outcome.complaints.length === 0 ? 'ok  ' : 'FAIL';
  const line = `${word} ${experiment.name}, ${kernel.label}: ${outcome.figures}, ${outcome.seconds.toFixed(1)} s`;
  print([line, ...outcome.complaints, ''].join('\n'));
  return { experiment, kernel, outcome };
}

function keep(folder: string, { kept, complaints }: Outcome): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of kept) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'complaints'), complaints.join('\n'));
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
