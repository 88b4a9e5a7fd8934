import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { knowledgeFor } from '../../main/backend/analyse-known.ts';
import { UNWATCHED } from '../../main/backend/job-list.ts';
import { readSource } from '../../main/backend/read-source.ts';
import { boardName } from '../../main/engine/board-name.ts';
import { computeGrouping } from '../../main/engine/compute-grouping.ts';
import { NO_KNOWLEDGE } from '../../main/quirks/acs-knowledge.ts';
import { isUnreadable } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import { addScores, NO_SCORE, scorePrediction } from '../support/score-prediction.ts';
import { scoreDocument, type FolderScore, type HostScore } from '../support/score-document.ts';

/**
 * Opens every file of a folder of real reports and prints one line each. Where `truth` beside the
 * folders knows the groups, the imported ones have to be the same partition, and the prediction is
 * scored with the rows of the host's own board left out. `--write` keeps the score.
 *
 *     node setup.mjs run test/tools/score-reports.ts ../shared/data --write
 */
const FOLDERS = ['facter', 'listings', 'dmesg', 'lspci', 'udev', 'sysfs'];
/** What the names in `truth` begin with, where it is not the folder's own. */
const TRUTH_NAMES: Readonly<Record<string, string>> = { listings: 'listing' };
/** Groups that no prediction should give: pcie_acs_override= was on, or few functions have one. */
const NOT_SCORED = new Set(['listings/014', 'listings/037', 'listings/038', 'facter/054']);
const KEPT = join(import.meta.dirname, 'ACS-KNOWLEDGE.md');

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [data] = positionals;
if (data === undefined) throw new Error('Name the folder that holds the reports');
const totals = { files: 0, read: 0, functions: 0, problems: 0, truths: 0, exact: 0 };
const hosts: HostScore[] = [];
const folders = new Map<string, FolderScore>();
for (const folder of FOLDERS.filter((name) => existsSync(join(data, name)))) {
  for (const file of readdirSync(join(data, folder)).sort()) await score(data, folder, file);
}
console.log(JSON.stringify({ ...totals, folders: Object.fromEntries(folders) }));
if (values.write) writeFileSync(KEPT, scoreDocument(folders, hosts));

async function score(root: string, folder: string, file: string): Promise<void> {
  totals.files++;
  const shipped = { assetsDir: '', isInteractive: false };
  const opened = await readSource(join(root, folder, file), 'full', UNWATCHED, shipped);
  if (!opened.ok) {
    console.log(`${folder}/${file}: ${opened.error.message}`);
    return;
  }
  const host = opened.value;
  totals.read++;
  totals.functions += host.functions.length;
  totals.problems += host.problems.length;
  const kinds = new Set(host.report?.parts.map(({ kind }) => kind) ?? ['sysfs']);
  const truth = readTruth(root, folder, file);
  const name = `${folder}/${basename(file, extname(file))}`;
  const isScored = truth !== undefined && !NOT_SCORED.has(name);
  console.log(
    `${folder}/${file}: ${[...kinds].join(', ')}; ${host.functions.length} functions, ${groupsOf(host).length} groups, ${host.problems.length} problems; ${confidences(host)}${truth ? verdict(host, truth) : ''}${isScored ? predicted(host, name, folder, truth) : ''}`,
  );
}

function confidences(host: Host): string {
  const counts = { certain: 0, likely: 0, unknown: 0 };
  const { groups } = computeGrouping(host, { knowledge: knowledgeFor(host, []) });
  for (const { members, confidence } of groups) counts[confidence] += members.length;
  return `predicted ${counts.certain} certain, ${counts.likely} likely, ${counts.unknown} unknown`;
}

function groupsOf({ observedGroups }: Host): readonly (readonly string[])[] {
  if (observedGroups === undefined || isUnreadable(observedGroups)) return [];
  return observedGroups.map(({ members }) => members);
}

/** The true group of each function, where the file knows them. */
function readTruth(
  root: string,
  folder: string,
  file: string,
): ReadonlyMap<string, string> | undefined {
  const name = `${TRUTH_NAMES[folder] ?? folder}-${basename(file, extname(file))}.tsv`;
  const path = join(root, 'truth', name);
  if (!existsSync(path)) return undefined;
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([bdf = '#', group = '']) => !bdf.startsWith('#') && group.trim() !== '');
  return new Map(rows.map(([bdf = '', group = '']) => [bdf, group]));
}

function verdict(host: Host, truth: ReadonlyMap<string, string>): string {
  totals.truths++;
  const real = [...Map.groupBy(truth.keys(), (bdf) => truth.get(bdf)).values()];
  const shown = groupsOf(host).map((all) => all.map((one) => one.replace(/^platform:/, '')));
  const isExact = partition(real) === partition(shown);
  if (isExact) totals.exact++;
  return isExact ? '; groups as the truth' : '; GROUPS DIFFER from the truth';
}

function predicted(
  host: Host,
  name: string,
  folder: string,
  truth: ReadonlyMap<string, string>,
): string {
  const bare = scorePrediction(host, truth, NO_KNOWLEDGE);
  const known = scorePrediction(host, truth, knowledgeFor(host, []));
  const before = folders.get(folder) ?? {
    hosts: 0,
    bare: NO_SCORE,
    functions: NO_SCORE,
    groups: NO_SCORE,
  };
  folders.set(folder, {
    hosts: before.hosts + 1,
    bare: addScores(before.bare, bare.functions),
    functions: addScores(before.functions, known.functions),
    groups: addScores(before.groups, known.groups),
  });
  hosts.push({ name, board: boardName(host), score: known.functions });
  const { right, wrong, unknown } = known.functions;
  return `; prediction ${right} right, ${wrong} wrong, ${unknown} unknown`;
}

function partition(groups: readonly (readonly string[])[]): string {
  return groups
    .map((members) => [...members].sort().join(' '))
    .sort()
    .join('\n');
}
