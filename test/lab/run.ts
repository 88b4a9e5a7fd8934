import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchKernel, listedKernels, type FetchedKernel } from '../support/fetch-kernel.ts';
import { boot, type Boot } from './boot.ts';
import { catalogue } from './catalogue.ts';
import { judge, type Ruling } from './judge.ts';
import { inParallel } from './in-parallel.ts';
import type { Topology } from './topology.ts';

const HELP = `Usage: npm run lab -- [NAME...] [options]

Boots real kernels on emulated machines and compares their IOMMU groups with the predicted ones.

  NAME...           topologies of the catalogue; all unless named
  --kernel LABEL    only this kernel (${listedKernels.map(({ label }) => label).join(', ')})
  --smoke           only the boots that are part of npm test
  --jobs N          boots at a time (2)
  --keep FOLDER     keep snapshot and console of each boot there
  --list            list the topologies and end

Examples:
  npm run lab
  npm run lab -- switch-nested --kernel 6.1 --keep /tmp/lab
`;

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    kernel: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    keep: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

interface Run {
  readonly topology: Topology;
  readonly kernel: FetchedKernel;
}

process.exitCode = await main();

async function main(): Promise<number> {
  if (options.help) return print(HELP);
  if (options.list)
    return print(catalogue.map(({ name, shows }) => `${name}: ${shows}\n`).join(''));
  const unknown = names.find((name) => !catalogue.some((topology) => topology.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`No topology ${unknown}; npm run lab -- --list names them\n`);
    return 2;
  }
  const runs = await chosenRuns();
  const rulings = await inParallel(runs, Number(options.jobs), runOne);
  const failed = rulings.filter(({ complaints }) => complaints.length > 0).length;
  print(`${rulings.length - failed} passed, ${failed} failed\n`);
  return failed > 0 || rulings.length === 0 ? 1 : 0;
}

async function chosenRuns(): Promise<readonly Run[]> {
  const kernels: FetchedKernel[] = [];
  for (const { label, architecture } of listedKernels) {
    if (architecture === 'amd64' && (options.kernel ?? label) === label)
      kernels.push(await fetchKernel(label));
  }
  for (const { news } of kernels) if (news !== undefined) print(`note: ${news}\n`);
  const chosen = catalogue.filter(({ name }) => names.length === 0 || names.includes(name));
  return chosen.flatMap((topology) => {
    const labels = options.smoke ? (topology.smoke ?? []) : topology.kernels;
    return kernels
      .filter(({ label }) => labels === undefined || labels.includes(label))
      .map((kernel) => ({ topology, kernel }));
  });
}

async function runOne({ topology, kernel }: Run): Promise<Ruling> {
  const booted = await boot(topology, kernel);
  const ruling = await judge(topology, booted);
  if (options.keep !== undefined)
    keep(join(options.keep, `${topology.name}-${kernel.label}`), booted);
  report(topology, kernel, booted, ruling);
  return ruling;
}

function report(topology: Topology, kernel: FetchedKernel, booted: Boot, ruling: Ruling): void {
  const word = ruling.complaints.length === 0 ? 'ok  ' : 'FAIL';
  const figures = `${ruling.compared} of ${ruling.functions} functions, ${ruling.groups} groups`;
  print(`${word} ${topology.name}, ${kernel.label}: ${figures}, ${booted.seconds.toFixed(1)} s\n`);
  if (ruling.complaints.length === 0) return;
  for (const complaint of ruling.complaints) print(`${complaint}\n`);
  print(`machine: ${booted.command.join(' ')}\n`);
}

function keep(folder: string, booted: Boot): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'console'), booted.console);
  writeFileSync(join(folder, 'command'), booted.command.join(' '));
  for (const [name, bytes] of booted.answers) {
    if (name !== '') writeFileSync(join(folder, name), bytes);
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
