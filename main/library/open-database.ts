import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { MIGRATIONS } from './migrations.ts';

/**
 * Opens the database, creates it where there is none, and brings an older one to this version after
 * copying it to `FILE.before-vN`.
 *
 * What is committed survives a power cut: the log is synced at every commit (WAL with synchronous
 * FULL; the default of WAL may lose the last commits).
 *
 * @param file - `:memory:` for tests.
 * @throws Error with the reason where the place cannot be written, the file is no database, or a
 *   newer Airlock wrote it; then nothing was changed.
 * @see SQLite, "PRAGMA synchronous" and "Write-Ahead Logging", section "Durability"
 */
export function openDatabase(
  file: string,
  migrations: readonly string[] = MIGRATIONS,
): Database.Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file);
  try {
    refuseNewer(database, migrations);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // What is removed from a library of customers' files is overwritten.
    database.pragma('secure_delete = ON');
    migrate(database, file, migrations);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function refuseNewer(database: Database.Database, migrations: readonly string[]): void {
  const version = versionOf(database);
  if (version <= migrations.length) return;
  throw new Error(
    `it was written by a newer Airlock (version ${version} of the file, this one knows ${migrations.length}): use that one, or another file`,
  );
}

function migrate(database: Database.Database, file: string, migrations: readonly string[]): void {
  const version = versionOf(database);
  if (version === migrations.length) return;
  if (version > 0 && file !== ':memory:') backUp(database, `${file}.before-v${migrations.length}`);
  // Another process may do the same at this moment: the version is asked again under the lock.
  database
    .transaction(() => {
      for (const step of migrations.slice(versionOf(database))) database.exec(step);
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}

/** Appears under its name only when it is whole and on the disk. */
function backUp(database: Database.Database, copy: string): void {
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  database.prepare('vacuum into ?').run(partial);
  const descriptor = openSync(partial, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(partial, copy);
}
