import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { contentName, readContent, storeContent } from './content.ts';

/** Kinds of what is found exactly: `10de:2206`, `nouveau`, `6.12`, the code of a finding. */
export type TermKind = 'id' | 'driver' | 'kernel' | 'finding';

export interface Term {
  readonly kind: TermKind;
  readonly value: string;
}

/** What a snapshot is listed with. */
export interface SnapshotSummary {
  /** Name of the file that was imported. */
  readonly name: string;
  /** What the host is called. */
  readonly title: string;
  readonly importedAtMs: number;
  readonly capturedAtMs?: number | undefined;
  readonly kernel?: string | undefined;
  readonly os?: string | undefined;
  readonly functionCount: number;
  readonly problemCount: number;
}

export interface NewSnapshot extends SnapshotSummary {
  readonly bytes: Uint8Array;
  /** What was read, as JSON, and the number of the form that it has. */
  readonly host: string;
  readonly hostFormat: number;
  readonly terms: readonly Term[];
  /** Words to find it by. */
  readonly text: {
    readonly board: string;
    readonly devices: string;
    readonly other: string;
  };
}

export interface Snapshot extends SnapshotSummary {
  readonly id: number;
  readonly sha256: string;
}

export interface Added {
  readonly id: number;
  /** False where the same bytes were there already. */
  readonly isNew: boolean;
}

/** The columns of a {@link Snapshot}; `snapshot` is the table. */
export const SNAPSHOT_COLUMNS = `
  snapshot.id, snapshot.sha256, snapshot.name, snapshot.title,
  snapshot.imported_at_ms as importedAtMs, snapshot.captured_at_ms as capturedAtMs,
  snapshot.kernel, snapshot.os,
  snapshot.function_count as functionCount, snapshot.problem_count as problemCount`;

/** A row as SQLite gives it: null where there is nothing. */
export type SnapshotRow = {
  readonly [K in keyof Snapshot]-?: Exclude<Snapshot[K], undefined> | null;
};

export function asSnapshot(row: SnapshotRow): Snapshot {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(known) as unknown as Snapshot;
}

/** Keeps a snapshot, all of it or nothing; the same bytes a second time are the same snapshot. */
export function addSnapshot(database: Database.Database, snapshot: NewSnapshot): Added {
  const sha256 = contentName(snapshot.bytes);
  const known = findByContent(database, sha256);
  if (known !== undefined) return { id: known, isNew: false };
  return database
    .transaction((): Added => {
      // Another process may have been quicker.
      const other = findByContent(database, sha256);
      if (other !== undefined) return { id: other, isNew: false };
      storeContent(database, sha256, snapshot.bytes);
      return { id: insertSnapshot(database, sha256, snapshot), isNew: true };
    })
    .immediate();
}

function findByContent(database: Database.Database, sha256: string): number | undefined {
  return database
    .prepare<[string], number>('select id from snapshot where sha256 = ?')
    .pluck()
    .get(sha256);
}

function insertSnapshot(
  database: Database.Database,
  sha256: string,
  snapshot: NewSnapshot,
): number {
  const { lastInsertRowid } = database
    .prepare(
      `insert into snapshot (sha256, name, title, imported_at_ms, captured_at_ms, kernel, os,
         function_count, problem_count, host_format, host)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      sha256,
      snapshot.name,
      snapshot.title,
      snapshot.importedAtMs,
      snapshot.capturedAtMs ?? null,
      snapshot.kernel ?? null,
      snapshot.os ?? null,
      snapshot.functionCount,
      snapshot.problemCount,
      snapshot.hostFormat,
      zstdCompressSync(snapshot.host),
    );
  const id = Number(lastInsertRowid);
  insertIndex(database, id, snapshot);
  return id;
}

function insertIndex(database: Database.Database, id: number, snapshot: NewSnapshot): void {
  const term = database.prepare('insert into term values (?, ?, ?) on conflict do nothing');
  for (const { kind, value } of snapshot.terms) term.run(kind, value.toLowerCase(), id);
  const { board, devices, other } = snapshot.text;
  database
    .prepare(
      `insert into snapshot_text (rowid, name, board, devices, other, notes)
       values (?, ?, ?, ?, ?, '')`,
    )
    .run(id, `${snapshot.name} ${snapshot.title}`, board, devices, other);
}

export function getSnapshot(database: Database.Database, id: number): Snapshot | undefined {
  const row = database
    .prepare<[number], SnapshotRow>(`select ${SNAPSHOT_COLUMNS} from snapshot where id = ?`)
    .get(id);
  return row && asSnapshot(row);
}

/** The parsed host, where it was kept in this form. */
export function readStoredHost(
  database: Database.Database,
  id: number,
  hostFormat: number,
): string | undefined {
  const packed = database
    .prepare<[number, number], Buffer>('select host from snapshot where id = ? and host_format = ?')
    .pluck()
    .get(id, hostFormat);
  return packed && zstdDecompressSync(packed).toString('utf8');
}

/** The bytes of a snapshot as they were imported. */
export function readOriginal(
  database: Database.Database,
  { sha256 }: Pick<Snapshot, 'sha256'>,
): Uint8Array {
  return readContent(database, sha256);
}

/** Forgets a snapshot, with its notes, tags and bytes. */
export function removeSnapshot(database: Database.Database, id: number): boolean {
  return database
    .transaction(() => {
      const snapshot = getSnapshot(database, id);
      if (snapshot === undefined) return false;
      database.prepare('delete from snapshot_text where rowid = ?').run(id);
      database.prepare('delete from snapshot where id = ?').run(id);
      database.prepare('delete from content where sha256 = ?').run(snapshot.sha256);
      return true;
    })
    .immediate();
}
