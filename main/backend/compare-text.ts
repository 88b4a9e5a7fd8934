import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type {
  ComparedFunction,
  ComparedGroups,
  CompareReport,
} from '../../shared/compare-report.ts';
import { COMPARED_FACT_WORDS } from '../../shared/compared-fact-words.ts';
import { GROUP_CHANGE_WORDS } from '../../shared/group-change-words.ts';

/** `airlock compare` for people: host facts first, then devices, then groups with their reasons. */
export function compareText(report: CompareReport): string {
  const sections = [
    factLines(report),
    ...deviceSections(report),
    ...report.groups.map(groupLines),
    notComparedLines(report),
  ].filter((lines) => lines.length > 0);
  return [headLines(report), ...sections].map((lines) => lines.join('\n')).join('\n\n');
}

function headLines({ before, after, differs, groupsAre, groups }: CompareReport) {
  const side = ({ title, name, kernel }: CompareReport['before']) =>
    `${name === title ? name : `${title}, ${name}`}, kernel ${kernel ?? 'unknown'}`;
  return [
    `Before: ${side(before)}`,
    `After:  ${side(after)}`,
    ...(differs ? [] : ['', 'Nothing that both sources tell differs.']),
    ...(groups.length > 0 && groupsAre === 'predicted'
      ? ['The groups are predicted ones: not both sources show those of the kernel.']
      : []),
  ];
}

function factLines({ facts, commandLine }: CompareReport): readonly string[] {
  const words = [
    ...commandLine.removed.map((word) => `-${word}`),
    ...commandLine.added.map((word) => `+${word}`),
  ];
  return [
    ...facts.map(({ name, ...change }) => `${COMPARED_FACT_WORDS[name]}: ${arrow(change)}`),
    ...(words.length > 0 ? [`Command line: ${words.join(' ')}`] : []),
  ];
}

function deviceSections(report: CompareReport): readonly (readonly string[])[] {
  const physical = report.moved.filter(({ kind }) => kind === 'moved');
  const renumbered = report.moved.filter(({ kind }) => kind === 'renumbered');
  const pair = ({ before, after }: CompareReport['replaced'][number]) =>
    `${short(before.bdf)} -> ${short(after.bdf)}  ${after.name} [${after.ids}]`;
  return [
    section('Gone:', report.removed.map(described)),
    section('New:', report.added.map(described)),
    section('Moved to another slot:', physical.map(pair)),
    section('Same place, other bus number:', renumbered.map(pair)),
    section(
      'Another device at the same place:',
      report.replaced.map(({ before, after }) => `${described(before)} -> ${described(after)}`),
    ),
    section(
      'Drivers:',
      report.drivers.map(
        ({ function: fn, ...change }) => `${short(fn.bdf)}  ${arrow(change)}  ${fn.name}`,
      ),
    ),
    section(
      'ACS registers:',
      report.acs.map(({ text }) => text),
    ),
  ];
}

function groupLines({ kind, before, after, reasons }: ComparedGroups): readonly string[] {
  const line = (side: string) => (group: ComparedGroups['before'][number]) =>
    `  ${side}  ${group.members.map(short).join('  ')}`;
  return [
    `${GROUP_CHANGE_WORDS[kind]}:`,
    ...before.map(line('before')),
    ...after.map(line('after ')),
    ...reasons.flatMap(({ code, text, evidence }) => [
      `  Why (${code}): ${text}`,
      `    ${evidence}`,
    ]),
  ];
}

function notComparedLines({ notCompared }: CompareReport): readonly string[] {
  return notCompared.length === 0
    ? []
    : [`Not compared, since one of the two does not tell: ${notCompared.join(', ')}`];
}

const MAX_LINES = 40;

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - MAX_LINES;
  return [
    title,
    ...lines.slice(0, MAX_LINES).map((line) => `  ${line}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ];
}

function described({ bdf, name, ids }: ComparedFunction): string {
  return `${short(bdf)}  ${name} [${ids}]`;
}

function arrow({
  before,
  after,
}: {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}) {
  return `${before ?? 'none'} -> ${after ?? 'none'}`;
}

function short(address: string): string {
  return shortBdf(address as Bdf);
}
