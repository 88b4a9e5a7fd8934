import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FetchedKernel } from '../support/fetch-kernel.ts';
import type { Experiment, Family, Judgement } from './experiment.ts';

/** One experiment on one kernel. */
export interface Result {
  readonly experiment: Experiment;
  readonly kernel: FetchedKernel;
  readonly outcome: Judgement;
  readonly boots: number;
  /** Of all boots together. */
  readonly seconds: number;
}

const RULES = join(import.meta.dirname, '../../main/engine/RULES.md');
const TABLE = join(import.meta.dirname, 'RESULTS.md');

/** Rules of machines that nobody can emulate, with what stands in for a boot. */
const NOT_BOOTED: Readonly<Record<string, string>> = {
  'GR-7': 'no emulator has VMD; recorded hosts and unit tests',
  'GR-13':
    'identity-idt-switch: the answer does not name the rule, but breaking it is noticed there',
  'GR-14': "not in Debian's kernels; unit tests, and a boot that shows that the option is ignored",
  'GR-22': 'not booted; unit tests',
  'VG-3': 'unit tests; while a program has the device VFIO answers EBUSY in `viability-in-use`',
};

/** Writes the table of the last whole run, which the README links to. */
export function writeResults(results: readonly Result[]): void {
  const text = [
    '# What the laboratory found\n',
    'Written by `npm run lab -- --write`. Each boot is an unmodified Debian kernel on a machine emulated by QEMU',
    '(no KVM), with our collector run inside; the kernel is asked each time, no expectation is written down.\n',
    ...summary(results),
    ...FAMILIES.flatMap(([family, title]) => familyTable(family, title, results)),
    ...rulesTable(results),
  ].join('\n');
  writeFileSync(TABLE, `${text}\n`);
}

const FAMILIES: readonly (readonly [Family, string])[] = [
  ['groups', 'Groups'],
  ['what-if', 'What-if: the prediction made from one boot, compared with another'],
  ['viability', 'Viability: our verdict compared with the answer of VFIO'],
  ['collector', 'The collector in a guest'],
  ['helper', 'The helper on real kernels: bound, given back, killed and recovered'],
];

function summary(results: readonly Result[]): readonly string[] {
  const disagreeing = results.filter(({ outcome }) => outcome.complaints.length > 0);
  const kernels = new Map(
    results.map(({ kernel }) => [`${kernel.version} (${kernel.architecture})`, kernel]),
  );
  const agreement = (100 * (results.length - disagreeing.length)) / results.length;
  return [
    `| what | figure |`,
    `|---|---|`,
    `| experiments × kernels | ${results.length} |`,
    `| boots | ${countBoots(results)} |`,
    `| kernels | ${[...kernels.keys()].join(', ')} |`,
    `| answers of a kernel compared | ${sum(results)} |`,
    `| agreement | ${agreement.toFixed(1)} % |`,
    `| time of all boots together | ${minutes(results)} min |`,
    '',
    ...disagreeing.map(
      ({ experiment, kernel }) => `Disagrees: ${experiment.name} on ${kernel.label}.\n`,
    ),
  ];
}

function familyTable(family: Family, title: string, results: readonly Result[]): readonly string[] {
  const rows = results.filter(({ experiment }) => experiment.family === family);
  if (rows.length === 0) return [];
  const names = [...new Set(rows.map(({ experiment }) => experiment.name))];
  return [
    `## ${title}\n`,
    '| experiment | shows | IOMMU | kernels and what was compared |',
    '|---|---|---|---|',
    ...names.map((name) =>
      experimentRow(rows.filter(({ experiment }) => experiment.name === name)),
    ),
    '',
  ];
}

function experimentRow(rows: readonly Result[]): string {
  const [first] = rows;
  const cells = rows.map(({ kernel, outcome }) => {
    const word = outcome.complaints.length === 0 ? '' : '**differs**: ';
    return `${kernel.label}: ${word}${outcome.figures}`;
  });
  const { name = '', shows = '', iommu = '' } = first?.experiment ?? {};
  return `| ${name} | ${shows} | ${iommu} | ${merged(cells).join('; ')} |`;
}

/** Kernels of which the same is said stand together. */
function merged(cells: readonly string[]): readonly string[] {
  const byText = new Map<string, string[]>();
  for (const cell of cells) {
    const at = cell.indexOf(': ');
    const text = cell.slice(at + 2);
    byText.set(text, [...(byText.get(text) ?? []), cell.slice(0, at)]);
  }
  return [...byText].map(([text, labels]) => `${labels.join(', ')}: ${text}`);
}

function rulesTable(results: readonly Result[]): readonly string[] {
  const rules = [...readFileSync(RULES, 'utf8').matchAll(/^\| ((?:GR|VG)-\d+) \|/gm)].map(
    ([, rule = '']) => rule,
  );
  return [
    '## Rules and the boots that exercise them\n',
    '| rule | boots | experiments |',
    '|---|---|---|',
    ...rules.map((rule) => ruleRow(rule, results)),
  ];
}

const NAMED_PER_RULE = 6;

function ruleRow(rule: string, results: readonly Result[]): string {
  const by = results.filter(({ outcome }) => outcome.rules.has(rule));
  const names = [...new Set(by.map(({ experiment }) => experiment.name))];
  const more = names.length > NAMED_PER_RULE ? ` and ${names.length - NAMED_PER_RULE} more` : '';
  const text =
    names.length > 0 ? names.slice(0, NAMED_PER_RULE).join(', ') + more : NOT_BOOTED[rule];
  return `| ${rule} | ${countBoots(by)} | ${text ?? 'none'} |`;
}

function sum(results: readonly Result[]): number {
  return results.reduce((total, { outcome }) => total + outcome.compared, 0);
}

function countBoots(results: readonly Result[]): number {
  return results.reduce((total, { boots }) => total + boots, 0);
}

function minutes(results: readonly Result[]): string {
  return (results.reduce((total, { seconds }) => total + seconds, 0) / 60).toFixed(0);
}
