import type Database from 'better-sqlite3';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { openDatabase } from './open-database.ts';

/** A path that was opened before. */
export interface RecentSource {
  readonly path: string;
  /** What the host was called then. */
  readonly title: string;
  /** Unix epoch. */
  readonly openedAtMs: number;
}

/** The paths that were opened, kept from one start to the next. Content is never kept. */
export interface RecentSources {
  /** Newest first. */
  list(): RecentSource[];
  /** Puts a path at the top; the oldest beyond {@link MAX_RECENT} are forgotten. */
  remember(source: RecentSource): void;
  forget(path: string): void;
  close(): void;
}

/** How many paths are kept. */
export const MAX_RECENT = 20;

/**
 * Opens the store, and creates it where there is none.
 *
 * @param file - Path of the database; `:memory:` for tests.
 * @returns Fails with `no-store` where the place cannot be written, the file is no database, or a
 *   newer Airlock wrote it.
 */
export function openRecentSources(file: string): Result<RecentSources, Failure<'no-store'>> {
  try {
    return ok(storeOver(openDatabase(file)));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return failure('no-store', `Cannot keep recent sources in ${file}: ${reason}`);
  }
}

function storeOver(database: Database.Database): RecentSources {
  const select = database.prepare<[], RecentSource>(
    `select path, title, opened_at_ms as openedAtMs from recent_source
     order by opened_at_ms desc, path limit ${MAX_RECENT}`,
  );
  const insert = database.prepare(
    `insert into recent_source values (@path, @title, @openedAtMs)
     on conflict (path) do update set title = @title, opened_at_ms = @openedAtMs`,
  );
  const trim = database.prepare(
    `delete from recent_source where path not in
     (select path from recent_source order by opened_at_ms desc, path limit ${MAX_RECENT})`,
  );
  const remove = database.prepare('delete from recent_source where path = ?');
  return {
    list: () => select.all(),
    remember: (source) => {
      insert.run(source);
      trim.run();
    },
    forget: (path) => remove.run(path),
    close: () => database.close(),
  };
}
