import type Database from 'better-sqlite3';
import { asSnapshot, SNAPSHOT_COLUMNS, type Snapshot, type SnapshotRow } from './snapshots.ts';

export interface Found {
  /** Newest import first. */
  readonly snapshots: readonly Snapshot[];
  /** Whether there are more than were asked for. */
  readonly hasMore: boolean;
}

/**
 * Finds snapshots that fulfil every word.
 *
 * - `10de:2206` or `id:10de:2206`: a function or its subsystem has the ids;
 * - `driver:nouveau`, `kernel:6.12`, `finding:CODE`: exactly;
 * - `tag:x`, `case:x`: of the snapshot, and tags of its cases too;
 * - `name:x`, `board:x`: words of the file or host name, of the board;
 * - anything else: the beginning of a word anywhere, notes included.
 *
 * @param words - As typed. None: everything.
 * @param limit - How many at most.
 */
export function searchSnapshots(
  database: Database.Database,
  words: readonly string[],
  limit: number,
): Found {
  const conditions = words.flatMap(conditionOf);
  const matches = words.map(matchOf).filter((match) => match !== undefined);
  const where = [
    ...conditions.map(({ sql }) => sql),
    ...(matches.length > 0 ? ['snapshot_text match ?'] : []),
  ];
  const from =
    matches.length > 0
      ? 'snapshot_text join snapshot on snapshot.id = snapshot_text.rowid'
      : 'snapshot';
  const order = matches.length > 0 ? 'snapshot_text.rowid' : 'snapshot.id';
  const rows = database
    .prepare<(string | number)[], SnapshotRow>(
      `select ${SNAPSHOT_COLUMNS} from ${from}
       ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
       order by ${order} desc limit ?`,
    )
    .all(
      ...conditions.flatMap(({ values }) => values),
      ...(matches.length > 0 ? [matches.join(' AND ')] : []),
      limit + 1,
    );
  return { snapshots: rows.slice(0, limit).map(asSnapshot), hasMore: rows.length > limit };
}

const IDS = /^[0-9a-f]{4}:[0-9a-f]{4}$/i;
const FIELD = /^([a-z]+):(.+)$/i;

const BY_TERM = 'snapshot.id in (select snapshot_id from term where kind = ? and value = ?)';
const BY_TAG = `snapshot.id in (
  select snapshot_id from tag where tag = ? and snapshot_id is not null
  union select case_snapshot.snapshot_id from case_snapshot join tag using (case_id) where tag.tag = ?)`;
const BY_CASE = `snapshot.id in (
  select snapshot_id from case_snapshot
  join support_case on support_case.id = case_id where support_case.name = ?)`;

interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

function fieldOf(word: string): { readonly field: string; readonly value: string } | undefined {
  if (IDS.test(word)) return { field: 'id', value: word };
  const match = FIELD.exec(word);
  return match ? { field: (match[1] ?? '').toLowerCase(), value: match[2] ?? '' } : undefined;
}

function conditionOf(word: string): readonly Condition[] {
  const { field, value = '' } = fieldOf(word) ?? {};
  switch (field) {
    case 'id':
    case 'driver':
    case 'kernel':
    case 'finding':
      return [{ sql: BY_TERM, values: [field, value.toLowerCase()] }];
    case 'tag':
      return [{ sql: BY_TAG, values: [value, value] }];
    case 'case':
      return [{ sql: BY_CASE, values: [value] }];
    default:
      return [];
  }
}

/** What the full-text index is asked, where the word is for it. */
function matchOf(word: string): string | undefined {
  const { field, value = '' } = fieldOf(word) ?? {};
  if (conditionOf(word).length > 0) return undefined;
  if (field === 'name' || field === 'board') return `${field} : ${quoted(value)}`;
  return quoted(word);
}

/** A string of FTS5 is always one phrase, whatever is in it; the star asks for a beginning. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}" *`;
}
