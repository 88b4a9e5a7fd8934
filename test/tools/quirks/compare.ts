import { parseKernelVersion, type KernelVersion } from '../../../main/quirks/kernel-version.ts';
import { isSeenIn, presenceIn, witnessOf } from '../../../main/quirks/presence.ts';
import { expectRows } from './expected-rows.ts';
import type { KernelTables } from './kernel-tables.ts';
import {
  TABLE_NAMES,
  type FileRow,
  type QuirkFiles,
  type RowFields,
  type TableName,
  type Witness,
} from './quirk-files.ts';

/** Which kernel a banner speaks of. */
export interface KernelName {
  /** As `uname -r` says it. */
  readonly release: string;
  /** Exact version of the Debian package; `undefined` for a kernel that is not Debian's. */
  readonly package: string | undefined;
  readonly version: KernelVersion | undefined;
}

/** One disagreement of a kernel and `main/quirks`. */
export interface Difference {
  readonly kind: 'missing' | 'extra' | 'changed' | 'order' | 'by-hand';
  /** File of `main/quirks`, or the place in the kernel that has to be read by hand. */
  readonly table: string;
  /** `8086:1533 pci_quirk_mf_endpoint_acs`; empty where the whole table is meant. */
  readonly row: string;
  readonly text: string;
}

/** Reads the text of `linux_banner`. */
export function nameKernel(banner: string): KernelName {
  const release = /^Linux version (\S+)/.exec(banner)?.[1] ?? '';
  // The compiler's version may carry the word Debian too; the package's comes last.
  const packages = [...banner.matchAll(/Debian (\d\S*) \(\d{4}-/g)];
  return {
    release,
    package: packages.at(-1)?.[1],
    version: parseKernelVersion(release, banner),
  };
}

/**
 * Compares a kernel with `main/quirks`. A kernel of `witnesses.json` has to have exactly the rows
 * that say so; of any other, what the engine believes about its version must be true.
 */
export function compareTables(
  kernel: KernelTables,
  files: QuirkFiles,
  name: KernelName,
): readonly Difference[] {
  const { rows, byHand } = expectRows(kernel);
  const belief = believer(files, name);
  return [
    ...TABLE_NAMES.flatMap((table) => compareRows(table, rows[table], files.tables[table], belief)),
    ...compareOrder(rows['acs-quirks'], files.tables['acs-quirks']),
    ...byHand.map(({ where, text }) => ({ kind: 'by-hand' as const, table: where, row: '', text })),
  ];
}

/** How many rows may be in the kernel or not, because back-ports decide. */
export function countUndecided(files: QuirkFiles, name: KernelName): number {
  const belief = believer(files, name);
  const isUndecided = (row: FileRow) => belief(row).mayBeThere && belief(row).mayBeMissing;
  return TABLE_NAMES.flatMap((table) => files.tables[table]).filter(isUndecided).length;
}

/** The witness that is this very package. */
export function findWitness(files: QuirkFiles, name: KernelName): Witness | undefined {
  if (name.package === undefined) return undefined;
  return files.witnesses.find((witness) => witness.package === name.package);
}

/** What a row is known by: its device and what the kernel calls for it. */
export function rowKey({ fields }: Pick<FileRow, 'fields'>): string {
  const { vendor = '8086', device, subvendor, subdevice, kernelFunction } = fields;
  const subsystem = subvendor === undefined ? '' : ` (${subvendor}:${subdevice})`;
  return `${vendor}:${device}${subsystem}${kernelFunction === undefined ? '' : ` ${kernelFunction}`}`;
}

/** What `main/quirks` says of a row in one kernel; where a back-port decides, both may be. */
type Belief = (row: FileRow) => {
  readonly mayBeThere: boolean;
  readonly mayBeMissing: boolean;
  /** By `seenIn` alone; `undefined` where the kernel is no witness. */
  readonly isSeen: boolean | undefined;
};

function believer(files: QuirkFiles, name: KernelName): Belief {
  const witness = findWitness(files, name);
  const witnesses = files.witnesses.map(({ id }) => witnessOf(id));
  return ({ seenIn }) => {
    const presence = presenceIn(name.version, seenIn, witnesses);
    const isSeen = witness && isSeenIn(seenIn, witness.id);
    return {
      mayBeThere: isSeen ?? presence !== 'absent',
      // The engine goes by `presence`, even for a witness.
      mayBeMissing: isSeen !== true && presence !== 'present',
      isSeen,
    };
  };
}

function compareRows(
  table: TableName,
  expected: readonly RowFields[],
  rows: readonly FileRow[],
  belief: Belief,
): readonly Difference[] {
  const inKernel = new Map(expected.map((fields) => [rowKey({ fields }), fields]));
  const inFile = new Map(rows.map((row) => [rowKey(row), row]));
  const missing = [...inKernel.keys()].filter((key) => {
    const row = inFile.get(key);
    return row === undefined || !belief(row).mayBeThere;
  });
  const extra = rows.filter((row) => !inKernel.has(rowKey(row)) && !belief(row).mayBeMissing);
  const changed = [...inKernel].flatMap(([key, fields]) => {
    const text = changeText(fields, inFile.get(key)?.fields ?? fields);
    return text === undefined ? [] : [{ kind: 'changed' as const, table, row: key, text }];
  });
  return [
    ...missing.map((key) => {
      const text = inFile.has(key) ? SEEN_IN_DENIES : 'is in the kernel, but not in the table';
      return { kind: 'missing' as const, table, row: key, text };
    }),
    ...extra.map((row) => {
      const text = belief(row).isSeen === false ? TAKEN_FOR_PRESENT : SEEN_IN_CLAIMS;
      return { kind: 'extra' as const, table, row: rowKey(row), text };
    }),
    ...changed,
  ];
}

const SEEN_IN_DENIES = 'is in the kernel, but seenIn says that it is not';
const SEEN_IN_CLAIMS = 'is not in the kernel, but seenIn says that it is';
const TAKEN_FOR_PRESENT =
  'is not in the kernel any more; the engine takes every row of an older series for present';

function changeText(kernel: RowFields, file: RowFields): string | undefined {
  const names = Object.keys({ ...kernel, ...file });
  const differing = names.filter((name) => kernel[name] !== file[name]);
  if (differing.length === 0) return undefined;
  const parts = differing.map(
    (name) => `${name} is ${file[name] ?? 'left out'}, the kernel has ${kernel[name] ?? 'none'}`,
  );
  return parts.join('; ');
}

/** The first row that answers decides, so rows that both have must stand in the same order. */
function compareOrder(
  expected: readonly RowFields[],
  rows: readonly FileRow[],
): readonly Difference[] {
  const kernelKeys = expected.map((fields) => rowKey({ fields }));
  const fileKeys = rows.map(rowKey);
  const ours = fileKeys.filter((key) => kernelKeys.includes(key));
  const theirs = kernelKeys.filter((key) => fileKeys.includes(key));
  const at = theirs.findIndex((key, index) => key !== ours[index]);
  if (at < 0) return [];
  const text = `stands in the kernel where the table has ${ours[at]}`;
  return [{ kind: 'order', table: 'acs-quirks', row: theirs[at] ?? '', text }];
}

/** One line for people: table, row, what differs, kernel. */
export function formatDifference(difference: Difference, name: KernelName): string {
  const { table, row, text } = difference;
  const subject = row === '' ? table : `${table}: ${row}`;
  return `${subject}: ${text} (Linux ${name.package ?? name.release})`;
}
