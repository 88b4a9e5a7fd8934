import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../../main/library/library.ts';
import { MIGRATIONS } from '../../../main/library/migrations.ts';
import { openDatabase } from '../../../main/library/open-database.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

describe('openDatabase', () => {
  it('syncs at every commit', () => {
    const database = openDatabase(join(temporaryDirectory(), 'library.db'));
    const pragma = (name: string) => database.pragma(name, { simple: true });
    // 2 is FULL.
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual([
      'wal',
      2,
      1,
    ]);
    database.close();
  });

  it('makes strict tables only', () => {
    const database = openDatabase(':memory:');
    const loose = database
      .prepare<[], string>(
        `select name from pragma_table_list where type = 'table' and schema = 'main'
         and not strict and name not like 'sqlite_%'`,
      )
      .pluck()
      .all();
    expect(loose).toEqual([]);
  });

  it('migrates an older file after a copy of it', () => {
    const folder = temporaryDirectory();
    const file = join(folder, 'library.db');
    const old = openDatabase(file, MIGRATIONS.slice(0, 1));
    old.prepare('insert into recent_source values (?, ?, ?)').run('/a', 'A', 1);
    old.close();
    const library = openLibrary(file);
    if (!library.ok) throw new Error(library.error.message);
    expect(library.value.search([], 1)).toEqual({ snapshots: [], hasMore: false });
    library.value.close();
    expect(readdirSync(folder)).toContain(`library.db.before-v${MIGRATIONS.length}`);
    const copy = new Database(join(folder, `library.db.before-v${MIGRATIONS.length}`));
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    for (const database of [copy, new Database(file)]) {
      expect(database.prepare('select path from recent_source').pluck().all()).toEqual(['/a']);
      database.close();
    }
  });

  it('leaves a file as it was where a migration fails, and makes no copy of a new one', () => {
    const folder = temporaryDirectory();
    const file = join(folder, 'library.db');
    openDatabase(file, MIGRATIONS.slice(0, 1)).close();
    expect(() =>
      openDatabase(file, [...MIGRATIONS.slice(0, 1), 'create table x (a text) strict; nonsense']),
    ).toThrow(/syntax error/);
    const database = new Database(file);
    expect([
      database.pragma('user_version', { simple: true }),
      database.prepare("select count(*) from sqlite_master where name = 'x'").pluck().get(),
    ]).toEqual([1, 0]);
    database.close();
    openDatabase(join(folder, 'new.db')).close();
    expect(readdirSync(folder).filter((name) => name.startsWith('new.db.'))).toEqual([]);
  });

  it('refuses a file of a newer version with one clear line, and does not touch it', () => {
    const folder = temporaryDirectory();
    const file = join(folder, 'library.db');
    const newer = new Database(file);
    newer.pragma('user_version = 99');
    newer.close();
    expect(openLibrary(file)).toEqual({
      ok: false,
      error: {
        code: 'no-library',
        message: `Cannot open the library ${file}: it was written by a newer Airlock (version 99 of the file, this one knows ${MIGRATIONS.length}): use that one, or another file`,
      },
    });
    expect(readdirSync(folder)).toEqual(['library.db']);
  });
});
