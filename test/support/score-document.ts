import type { Score } from './score-prediction.ts';

export interface FolderScore {
  readonly hosts: number;
  /** By function, without what is known by ids. */
  readonly bare: Score;
  readonly functions: Score;
  readonly groups: Score;
}

export interface HostScore {
  readonly name: string;
  readonly board: string | undefined;
  readonly score: Score;
}

/** The score as a document: written by test/tools/score-reports.ts, never by hand. */
export function scoreDocument(
  folders: ReadonlyMap<string, FolderScore>,
  hosts: readonly HostScore[],
): string {
  const named = hosts.filter(({ board }) => board !== undefined);
  return `# What is known by ids, scored

Reports that show their groups, predicted without them. Rows of the host's own board do not count; for a host whose source
does not name its board, no rows of such hosts do. A function is right where its predicted group is the true one, as a set.
\`unknown\` is said to be unknown; in brackets those of them whose group was right all the same, because the worst is assumed.

| source | hosts | counted | right | wrong | unknown | answered |
|---|---|---|---|---|---|---|
${[...folders].flatMap(([name, one]) => folderRows(name, one)).join('\n')}

Hosts that name their board:

| host | board | right | wrong | unknown | answered |
|---|---|---|---|---|---|
${named.map(({ name, board, score }) => `| ${name} | ${board ?? ''} | ${scoreCells(score)} |`).join('\n')}

Written by \`node setup.mjs run test/tools/score-reports.ts FOLDER --write\`.
`;
}

function folderRows(name: string, { hosts, bare, functions, groups }: FolderScore): string[] {
  return [
    `| ${name} | ${hosts} | functions, nothing known by ids | ${scoreCells(bare)} |`,
    `| ${name} | ${hosts} | functions | ${scoreCells(functions)} |`,
    `| ${name} | ${hosts} | predicted groups | ${scoreCells(groups)} |`,
  ];
}

function scoreCells({ right, wrong, unknown, unknownButRight }: Score): string {
  const all = right + wrong + unknown;
  const share = all === 0 ? '-' : `${(((right + wrong) / all) * 100).toFixed(1)} %`;
  return `${right} | ${wrong} | ${unknown} (${unknownButRight}) | ${share}`;
}
