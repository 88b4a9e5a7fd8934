import { isSeenIn, type SeenIn } from '../../../main/quirks/presence.ts';
import { compareTables, findWitness, rowKey, type Difference, type KernelName } from './compare.ts';
import { expectRows } from './expected-rows.ts';
import type { KernelTables } from './kernel-tables.ts';
import {
  formatQuirkFiles,
  mapTables,
  type FileRow,
  type QuirkFiles,
  type RowFields,
  type TableName,
  type Witness,
} from './quirk-files.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** What `main/quirks` should become after a look at one more kernel. */
export interface Proposal {
  readonly files: QuirkFiles;
  /** What no row can say, and rows that went away: to be looked at before writing. */
  readonly byHand: readonly Difference[];
}

/** Makes the kernel a witness, and every row say the truth about it. */
export function proposeUpdate(kernel: KernelTables, files: QuirkFiles, name: KernelName): Proposal {
  const witness = findWitness(files, name) ?? newWitness(files, name);
  const witnesses = addWitness(files.witnesses, witness);
  const { rows } = expectRows(kernel);
  const tables = mapTables((table) =>
    updateRows(table, rows[table], files.tables[table], { witness, witnesses }),
  );
  const updated = { ...files, witnesses, tables };
  // What still differs afterwards is not for a program to decide.
  return { files: updated, byHand: compareTables(kernel, updated, name) };
}

/** The lines of each file that change, as in a unified diff without places. */
export function formatProposal(before: QuirkFiles, after: QuirkFiles): readonly string[] {
  const old = formatQuirkFiles(before);
  return [...formatQuirkFiles(after)].flatMap(([file, text]) => {
    const changes = changedLines(old.get(file) ?? '', text);
    return changes.length === 0 ? [] : [`main/quirks/${file}`, ...changes];
  });
}

/** Commas at the end of a line say nothing about the row. */
function changedLines(before: string, after: string): readonly string[] {
  const lines = (text: string) => text.split('\n').map((line) => line.trim().replace(/,$/, ''));
  const [old, now] = [lines(before), lines(after)];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}

function newWitness(files: QuirkFiles, name: KernelName): Witness {
  if (name.package === undefined) {
    throw new QuirkToolError(`Linux ${name.release} is not of a Debian package, so it has no name`);
  }
  const upstream = `debian-${name.package.replace(/-[^-]*$/, '')}`;
  const isTaken = files.witnesses.some(({ id }) => id === upstream);
  return {
    id: isTaken ? `debian-${name.package}` : upstream,
    kind: 'binary of the Debian package',
    package: name.package,
    release: name.release,
  };
}

/** Source trees first, then packages, each by version. */
function addWitness(witnesses: readonly Witness[], added: Witness): readonly Witness[] {
  if (witnesses.some(({ id }) => id === added.id)) return witnesses;
  const isAfter = ({ id, package: ofPackage }: Witness) =>
    ofPackage !== undefined && id.localeCompare(added.id, 'en', { numeric: true }) > 0;
  const at = witnesses.findIndex(isAfter);
  return at < 0 ? [...witnesses, added] : witnesses.toSpliced(at, 0, added);
}

interface Look {
  readonly witness: Witness;
  /** All of them, with the one that was looked at. */
  readonly witnesses: readonly Witness[];
}

function updateRows(
  table: TableName,
  expected: readonly RowFields[],
  rows: readonly FileRow[],
  look: Look,
): readonly FileRow[] {
  const inKernel = new Map(expected.map((fields) => [rowKey({ fields }), fields]));
  const inFile = new Set(rows.map(rowKey));
  const kept = rows.flatMap((row) => {
    const fields = inKernel.get(rowKey(row));
    const seen = seenWith(row.seenIn, look, fields !== undefined);
    return seen.length === 0
      ? []
      : [{ fields: fields ?? row.fields, seenIn: sayWhere(seen, look) }];
  });
  const added = expected
    .filter((fields) => !inFile.has(rowKey({ fields })))
    .map((fields) => ({ fields, seenIn: sayWhere([look.witness.id], look) }));
  return added.reduce<readonly FileRow[]>(
    (all, row) => insertRow(table, all, row, [...inKernel.keys()]),
    kept,
  );
}

/** Ids of the witnesses that have the row, after this look. */
function seenWith(seenIn: SeenIn, { witness, witnesses }: Look, isThere: boolean) {
  return witnesses
    .map(({ id }) => id)
    .filter((id) => (id === witness.id ? isThere : isSeenIn(seenIn, id)));
}

function sayWhere(seen: readonly string[], { witnesses }: Look): SeenIn {
  const allBut = witnesses.map(({ id }) => id).filter((id) => !seen.includes(id));
  return allBut.length === 0 ? 'all' : { allBut };
}

/** Where order decides, behind the row that the kernel has before it; else behind its kin. */
function insertRow(
  table: TableName,
  rows: readonly FileRow[],
  added: FileRow,
  kernelOrder: readonly string[],
): readonly FileRow[] {
  const before = new Set(kernelOrder.slice(0, kernelOrder.indexOf(rowKey(added))));
  const isBefore = (row: FileRow) =>
    table === 'acs-quirks'
      ? before.has(rowKey(row))
      : row.fields['kernelFunction'] === added.fields['kernelFunction'];
  const at = rows.findLastIndex(isBefore) + 1;
  const isFirstOfItsKind = at === 0 && table !== 'acs-quirks';
  return rows.toSpliced(isFirstOfItsKind ? rows.length : at, 0, added);
}
