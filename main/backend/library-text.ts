import type {
  CaseReport,
  ImportReport,
  LearnReport,
  LibraryList,
  SnapshotReport,
} from '../../shared/library-report.ts';

/** Snapshots and cases for people. */
export function listText({ snapshots, hasMore, cases = [] }: LibraryList): string {
  const lines = [
    ...snapshots.map(snapshotLine),
    ...(hasMore ? ['… and more: --limit shows them'] : []),
    ...cases.map(
      ({ name, snapshotCount }) =>
        `case:${name}  ${snapshotCount} ${snapshotCount === 1 ? 'snapshot' : 'snapshots'}`,
    ),
  ];
  return lines.length === 0 ? 'Nothing is there.' : lines.join('\n');
}

/** One snapshot for people. */
export function snapshotText(report: SnapshotReport): string {
  return [
    snapshotLine(report),
    `  file      ${report.name}`,
    `  imported  ${day(report.importedAtMs)}`,
    ...(report.capturedAtMs === undefined ? [] : [`  captured  ${day(report.capturedAtMs)}`]),
    ...(report.os === undefined ? [] : [`  system    ${report.os}`]),
    `  functions ${report.functionCount}`,
    `  problems  ${report.problemCount}`,
    `  sha256    ${report.sha256}`,
    ...(report.cases.length === 0 ? [] : [`  cases     ${report.cases.join(', ')}`]),
    ...annotationLines(report),
    `To look into it: airlock groups library:${report.id}`,
  ].join('\n');
}

/** One case for people. */
export function caseText(report: CaseReport): string {
  return [
    `case:${report.name}  since ${day(report.createdAtMs)}`,
    ...annotationLines(report),
    ...report.snapshots.map((snapshot) => `  ${snapshotLine(snapshot)}`),
  ].join('\n');
}

/** What an import came to, one line for each file. */
export function importText({ imported }: ImportReport): string {
  return imported
    .map(
      ({ id, isNew, name, title }) =>
        `library:${id}  ${title}  (${name}${isNew ? '' : ', was there already'})`,
    )
    .join('\n');
}

/** What learning came to. */
export function learnText({ snapshots, taught, refused, boards, rows }: LearnReport): string {
  const others = Object.entries(refused).map(
    ([reason, count]) => `  ${count} ${REASONS[reason] ?? reason}`,
  );
  return [
    `Of ${snapshots} snapshots ${taught} taught how functions isolate: ${rows} rows, ${boards} boards.`,
    ...others,
  ].join('\n');
}

const REASONS: Readonly<Record<string, string>> = {
  'no-groups': 'show no groups',
  'other-rules': 'do not show that their groups follow the PCI rules',
  override: 'have groups that pcie_acs_override= made smaller',
  emulated: 'are virtual machines',
  unreadable: 'cannot be read',
  'nothing-proved': 'have groups that prove nothing',
};

function snapshotLine({ id, title, kernel, name }: LibraryList['snapshots'][number]): string {
  const file = name === title ? '' : `  (${name})`;
  return `library:${id}  ${title}  ${kernel ?? 'kernel unknown'}${file}`;
}

function annotationLines({ tags, notes }: Pick<CaseReport, 'tags' | 'notes'>): readonly string[] {
  return [
    ...(tags.length === 0 ? [] : [`  tags      ${tags.join(', ')}`]),
    ...notes.map(({ text, writtenAtMs }) => `  ${day(writtenAtMs)}  ${text}`),
  ];
}

function day(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ');
}
