import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type {
  ComparedFunction,
  ComparedGroups,
  CompareReport,
} from '../../shared/compare-report.ts';
import type { Block, Document, Line } from './document.ts';
import { COMPARED_FACT_WORDS } from '../../shared/compared-fact-words.ts';
import { GROUP_CHANGE_WORDS } from '../../shared/group-change-words.ts';
import { footOf, isoTime, type MadeBy } from './foot.ts';

/** What differs between two hosts, or two states of one. */
export function compareDocument(report: CompareReport, made: MadeBy): Document {
  const { before, after } = report;
  return {
    title:
      before.title === after.title
        ? `What differs in two states of ${before.title}`
        : `What differs: ${before.title} and ${after.title}`,
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['Before', side(before)],
          ['After', side(after)],
        ],
      },
      ...(report.differs ? [] : [paragraph('Nothing that both sources tell differs.')]),
      ...groupBlocks(report),
      ...section('The host', factItems(report)),
      ...section('Gone', report.removed.map(described)),
      ...section('New', report.added.map(described)),
      ...section(
        'Moved',
        report.moved.map(({ kind, ...pair }) => [
          ...moved(pair),
          kind === 'renumbered' ? ' (same place, other bus number)' : '',
        ]),
      ),
      ...section(
        'Another device at the same place',
        report.replaced.map((pair) => [...described(pair.before), ' → ', ...described(pair.after)]),
      ),
      ...section(
        'Drivers',
        report.drivers.map(({ function: fn, ...change }) => [
          ...described(fn),
          ': ',
          arrow(change),
        ]),
      ),
      ...section(
        'ACS registers',
        report.acs.map(({ text }) => [text]),
      ),
      ...section(
        'Not compared, since one of the two does not tell',
        report.notCompared.map((text) => [text]),
      ),
    ],
    foot: footOf(made, isoTime(made.atMs)),
  };
}

function side({ title, name, kernel }: CompareReport['before']): Line {
  return [
    title,
    ...(name === title ? [] : [' (', { code: name }, ')']),
    `, kernel ${kernel ?? 'unknown'}`,
  ];
}

function factItems({ facts, commandLine }: CompareReport): readonly Line[] {
  return [
    ...facts.map(({ name, ...change }): Line => [
      { strong: `${COMPARED_FACT_WORDS[name]}: ` },
      arrow(change),
    ]),
    ...commandLine.removed.map((word): Line => ['Command line without ', { code: word }]),
    ...commandLine.added.map((word): Line => ['Command line with ', { code: word }]),
  ];
}

function groupBlocks({ groups, groupsAre }: CompareReport): readonly Block[] {
  if (groups.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: 'Groups' },
    ...(groupsAre === 'predicted'
      ? [paragraph('These are predicted groups: not both sources show those of the kernel.')]
      : []),
    ...groups.flatMap(groupChange),
  ];
}

function groupChange({ kind, before, after, reasons }: ComparedGroups): readonly Block[] {
  const row = (when: string) => (group: ComparedGroups['before'][number]) => [
    [when],
    group.members.flatMap((member): Line => [{ code: short(member) }, ' ']),
  ];
  return [
    { kind: 'heading', level: 3, text: GROUP_CHANGE_WORDS[kind] },
    {
      kind: 'table',
      head: ['When', 'Members'],
      rows: [...before.map(row('before')), ...after.map(row('after'))],
    },
    {
      kind: 'list',
      items: reasons.map(({ code, text, evidence }) => [
        { strong: `${code}: ` },
        `${text} `,
        { code: evidence },
      ]),
    },
  ];
}

function section(text: string, items: readonly Line[]): readonly Block[] {
  if (items.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text },
    { kind: 'list', items },
  ];
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', line: [text] };
}

function described({ bdf, name, ids }: ComparedFunction): Line {
  return [{ code: short(bdf) }, ` ${name} `, { code: ids }];
}

function moved({ before, after }: CompareReport['replaced'][number]): Line {
  return [{ code: short(before.bdf) }, ' → ', ...described(after)];
}

function arrow({
  before,
  after,
}: {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}) {
  return `${before ?? 'none'} → ${after ?? 'none'}`;
}

function short(address: string): string {
  return shortBdf(address as Bdf);
}
