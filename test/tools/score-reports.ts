import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { analyse } from '../../main/backend/analyse.ts';
import { UNWATCHED } from '../../main/backend/job-list.ts';
import { readSource } from '../../main/backend/read-source.ts';
import { isUnreadable } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';

/**
 * Opens every file of a folder of real reports and prints one line each; where `truth` beside the
 * folders knows the groups, the imported ones are compared with it as a partition.
 *
 *     node setup.mjs run test/tools/score-reports.ts ../shared/data
 */
const FOLDERS = ['listings', 'dmesg', 'lspci', 'facter', 'udev', 'sysfs'];
/** What the names in `truth` begin with, where it is not the folder's own. */
const TRUTH_NAMES: Readonly<Record<string, string>> = { listings: 'listing' };

const [data] = process.argv.slice(2);
if (data === undefined) throw new Error('Name the folder that holds the reports');
const totals = { files: 0, read: 0, functions: 0, problems: 0, truths: 0, exact: 0 };
for (const folder of FOLDERS.filter((name) => existsSync(join(data, name)))) {
  for (const file of readdirSync(join(data, folder)).sort()) await score(data, folder, file);
}
console.log(JSON.stringify(totals));

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
  console.log(
    `${folder}/${file}: ${[...kinds].join(', ')}; ${host.functions.length} functions, ${groupsOf(host).length} groups, ${host.problems.length} problems; ${confidences(host)}${verdict(root, folder, file, host)}`,
  );
}

function confidences(host: Host): string {
  const counts = { certain: 0, likely: 0, unknown: 0 };
  for (const { members, confidence } of analyse(host).grouping.groups) {
    counts[confidence] += members.length;
  }
  return `predicted ${counts.certain} certain, ${counts.likely} likely, ${counts.unknown} unknown`;
}

function groupsOf({ observedGroups }: Host): readonly (readonly string[])[] {
  if (observedGroups === undefined || isUnreadable(observedGroups)) return [];
  return observedGroups.map(({ members }) => members);
}

function verdict(root: string, folder: string, file: string, host: Host): string {
  const name = `${TRUTH_NAMES[folder] ?? folder}-${basename(file, extname(file))}.tsv`;
  const path = join(root, 'truth', name);
  if (!existsSync(path)) return '';
  totals.truths++;
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([bdf = '#', group = '']) => !bdf.startsWith('#') && group.trim() !== '');
  const truth = Map.groupBy(rows, ([, group]) => group).values();
  const isExact =
    partition([...truth].map((members) => members.map(([bdf = '']) => bdf))) ===
    partition(groupsOf(host).map((members) => members.map((one) => one.replace(/^platform:/, ''))));
  if (isExact) totals.exact++;
  return isExact ? '; groups as the truth' : '; GROUPS DIFFER from the truth';
}

function partition(groups: readonly (readonly string[])[]): string {
  return groups
    .map((members) => [...members].sort().join(' '))
    .sort()
    .join('\n');
}
