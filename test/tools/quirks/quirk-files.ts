import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeenIn } from '../../../main/quirks/presence.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** The tables of `main/quirks`, by the name of their file. */
export const TABLE_NAMES = [
  'acs-devices',
  'acs-quirks',
  'alias-quirks',
  'bridge-flags',
  'fixed-aliases',
  'intel-pch-ports',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/** What a row says, without where it was seen: vendor, device, function and the like. */
export type RowFields = Readonly<Record<string, string>>;

export interface FileRow {
  readonly fields: RowFields;
  readonly seenIn: SeenIn;
}

/** A kernel of `witnesses.json`. */
export interface Witness {
  readonly id: string;
  readonly kind: string;
  /** Exact version of the Debian package. */
  readonly package?: string;
  readonly release?: string;
}

/** All of `main/quirks` that is data. */
export interface QuirkFiles {
  readonly witnesses: readonly Witness[];
  readonly tables: Readonly<Record<TableName, readonly FileRow[]>>;
  /** The sentence at the head of each file. */
  readonly about: Readonly<Record<TableName | 'witnesses', string>>;
}

/** Reads the tables; a row that names a kernel which is no witness is an error. */
export function readQuirkFiles(folder: string): QuirkFiles {
  const witnesses = readJson<WitnessFile>(folder, 'witnesses');
  const files = mapTables((name) => readJson<TableFile>(folder, name));
  const ids = new Set(witnesses.kernels.map(({ id }) => id));
  return {
    witnesses: witnesses.kernels,
    tables: mapTables((name) => files[name].rows.map((row) => parseRow(name, row, ids))),
    about: { ...mapTables((name) => files[name].about), witnesses: witnesses.about },
  };
}

/** Text of each file, one row a line: what {@link writeQuirkFiles} writes. */
export function formatQuirkFiles(files: QuirkFiles): ReadonlyMap<string, string> {
  const texts = TABLE_NAMES.map((name) => {
    const rows = files.tables[name].map(({ fields, seenIn }) => ({ ...fields, seenIn }));
    return [`${name}.json`, formatFile(files.about[name], 'rows', rows)] as const;
  });
  const witnesses = formatFile(files.about.witnesses, 'kernels', files.witnesses);
  return new Map([...texts, ['witnesses.json', witnesses]]);
}

export function writeQuirkFiles(folder: string, files: QuirkFiles): void {
  for (const [name, text] of formatQuirkFiles(files)) writeFileSync(join(folder, name), text);
}

/** One value for each table. */
export function mapTables<T>(valueOf: (name: TableName) => T): Record<TableName, T> {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, valueOf(name)])) as Record<
    TableName,
    T
  >;
}

/** One line for a row, as the files have it. */
export function formatRow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatRow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `"${name}": ${formatRow(field)}`);
  return `{${fields.join(', ')}}`;
}

function formatFile(about: string, list: string, rows: readonly unknown[]): string {
  const lines = rows.map((row) => `    ${formatRow(row)}`).join(',\n');
  return `{\n  "about": ${JSON.stringify(about)},\n  "${list}": [\n${lines}\n  ]\n}\n`;
}

interface TableFile {
  readonly about: string;
  readonly rows: readonly (RowFields & { readonly seenIn?: SeenIn })[];
}

interface WitnessFile {
  readonly about: string;
  readonly kernels: readonly Witness[];
}

function readJson<T>(folder: string, name: string): T {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as T;
}

function parseRow(
  table: TableName,
  { seenIn, ...fields }: TableFile['rows'][number],
  ids: ReadonlySet<string>,
): FileRow {
  const row = `${table}: ${formatRow(fields)}`;
  if (seenIn === undefined) throw new QuirkToolError(`${row} does not say where it was seen`);
  const named = seenIn === 'all' ? [] : seenIn.allBut;
  const stray = named.find((id) => !ids.has(id));
  if (stray !== undefined) throw new QuirkToolError(`${row} names ${stray}, which is no witness`);
  return { fields, seenIn };
}
