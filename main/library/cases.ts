import type Database from 'better-sqlite3';
import { asSnapshot, SNAPSHOT_COLUMNS, type Snapshot, type SnapshotRow } from './snapshots.ts';

/** What notes and tags are put on. */
export type Subject = { readonly snapshotId: number } | { readonly caseId: number };

export interface Note {
  readonly text: string;
  readonly writtenAtMs: number;
}

export interface SupportCase {
  readonly id: number;
  readonly name: string;
  readonly createdAtMs: number;
  readonly snapshotCount: number;
}

/** All cases, newest first. */
export function listCases(database: Database.Database): readonly SupportCase[] {
  return database.prepare<[], SupportCase>(`${CASES} order by support_case.id desc`).all();
}

export function findCase(database: Database.Database, name: string): SupportCase | undefined {
  return database.prepare<[string], SupportCase>(`${CASES} where name = ?`).get(name);
}

const CASES = `select id, name, created_at_ms as createdAtMs,
    (select count(*) from case_snapshot where case_id = support_case.id) as snapshotCount
  from support_case`;

/** Opens a case, or finds the one of that name, and puts snapshots into it. */
export function fillCase(
  database: Database.Database,
  { name, createdAtMs }: Pick<SupportCase, 'name' | 'createdAtMs'>,
  snapshotIds: readonly number[],
): number {
  return database
    .transaction(() => {
      database
        .prepare(
          'insert into support_case (name, created_at_ms) values (?, ?) on conflict do nothing',
        )
        .run(name, createdAtMs);
      const caseId = Number(
        database.prepare('select id from support_case where name = ?').pluck().get(name),
      );
      const insert = database.prepare(
        'insert into case_snapshot values (?, ?) on conflict do nothing',
      );
      for (const snapshotId of snapshotIds) insert.run(caseId, snapshotId);
      refreshNotes(database, { caseId });
      return caseId;
    })
    .immediate();
}

export function snapshotsOfCase(database: Database.Database, caseId: number): readonly Snapshot[] {
  return database
    .prepare<[number], SnapshotRow>(
      `select ${SNAPSHOT_COLUMNS} from snapshot
       join case_snapshot on snapshot_id = snapshot.id where case_id = ? order by snapshot.id`,
    )
    .all(caseId)
    .map(asSnapshot);
}

export function casesOfSnapshot(
  database: Database.Database,
  snapshotId: number,
): readonly string[] {
  return database
    .prepare<[number], string>(
      `select name from support_case join case_snapshot on case_id = support_case.id
       where snapshot_id = ? order by name`,
    )
    .pluck()
    .all(snapshotId);
}

/** Forgets a case with its notes and tags; its snapshots stay. */
export function removeCase(database: Database.Database, caseId: number): boolean {
  return database
    .transaction(() => {
      const members = snapshotsOfCase(database, caseId);
      const { changes } = database.prepare('delete from support_case where id = ?').run(caseId);
      for (const { id } of members) refreshNotes(database, { snapshotId: id });
      return changes > 0;
    })
    .immediate();
}

export function notesOf(database: Database.Database, subject: Subject): readonly Note[] {
  const [column, id] = columnOf(subject);
  return database
    .prepare<[number], Note>(
      `select text, written_at_ms as writtenAtMs from note where ${column} = ?
       order by written_at_ms, id`,
    )
    .all(id);
}

/** Writes a note; the same text of the same time is the same note, as when a case comes back. */
export function addNote(database: Database.Database, subject: Subject, note: Note): void {
  const [column, id] = columnOf(subject);
  database
    .transaction(() => {
      const isThere = notesOf(database, subject).some(
        ({ text, writtenAtMs }) => text === note.text && writtenAtMs === note.writtenAtMs,
      );
      if (isThere) return;
      database
        .prepare(`insert into note (${column}, written_at_ms, text) values (?, ?, ?)`)
        .run(id, note.writtenAtMs, note.text);
      refreshNotes(database, subject);
    })
    .immediate();
}

export function tagsOf(database: Database.Database, subject: Subject): readonly string[] {
  const [column, id] = columnOf(subject);
  return database
    .prepare<[number], string>(`select tag from tag where ${column} = ? order by tag`)
    .pluck()
    .all(id);
}

export function addTag(database: Database.Database, subject: Subject, tag: string): void {
  const [column, id] = columnOf(subject);
  database
    .prepare(`insert into tag (${column}, tag) values (?, ?) on conflict do nothing`)
    .run(id, tag);
}

export function removeTag(database: Database.Database, subject: Subject, tag: string): boolean {
  const [column, id] = columnOf(subject);
  return (
    database.prepare(`delete from tag where ${column} = ? and tag = ?`).run(id, tag).changes > 0
  );
}

function columnOf(subject: Subject): readonly ['snapshot_id' | 'case_id', number] {
  return 'snapshotId' in subject
    ? ['snapshot_id', subject.snapshotId]
    : ['case_id', subject.caseId];
}

/** Repeats the notes of snapshots, and the names and notes of their cases, in the text index. */
function refreshNotes(database: Database.Database, subject: Subject): void {
  const ids =
    'snapshotId' in subject
      ? [subject.snapshotId]
      : snapshotsOfCase(database, subject.caseId).map(({ id }) => id);
  const update = database.prepare(
    `update snapshot_text set notes = coalesce((
       select group_concat(words, ' ') from (
         select text as words from note where snapshot_id = @id
         union all
         select text from note join case_snapshot using (case_id)
           where case_snapshot.snapshot_id = @id
         union all
         select name from support_case join case_snapshot on case_id = support_case.id
           where case_snapshot.snapshot_id = @id)), '')
     where rowid = @id`,
  );
  for (const id of ids) update.run({ id });
}
