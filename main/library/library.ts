import type Database from 'better-sqlite3';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { readLessons, replaceLessons, type AcsLesson } from './acs-lessons.ts';
import {
  addNote,
  addTag,
  casesOfSnapshot,
  fillCase,
  findCase,
  listCases,
  notesOf,
  removeCase,
  removeTag,
  snapshotsOfCase,
  tagsOf,
  type Note,
  type Subject,
  type SupportCase,
} from './cases.ts';
import { openDatabase } from './open-database.ts';
import { searchSnapshots } from './search-snapshots.ts';
import {
  addSnapshot,
  getSnapshot,
  readOriginal,
  readStoredHost,
  removeSnapshot,
  type NewSnapshot,
  type Snapshot,
} from './snapshots.ts';

/** The snapshots that are kept, with cases, notes and tags. Every change is whole or is not. */
export class Library {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  add = (snapshot: NewSnapshot) => addSnapshot(this.#database, snapshot);
  get = (id: number) => getSnapshot(this.#database, id);
  remove = (id: number) => removeSnapshot(this.#database, id);
  original = (snapshot: Pick<Snapshot, 'sha256'>) => readOriginal(this.#database, snapshot);
  storedHost = (id: number, format: number) => readStoredHost(this.#database, id, format);
  search = (words: readonly string[], limit: number) =>
    searchSnapshots(this.#database, words, limit);

  cases = () => listCases(this.#database);
  case = (name: string) => findCase(this.#database, name);
  fillCase = (wanted: Pick<SupportCase, 'name' | 'createdAtMs'>, ids: readonly number[]) =>
    fillCase(this.#database, wanted, ids);
  snapshotsOfCase = (caseId: number) => snapshotsOfCase(this.#database, caseId);
  casesOfSnapshot = (id: number) => casesOfSnapshot(this.#database, id);
  removeCase = (caseId: number) => removeCase(this.#database, caseId);

  notes = (subject: Subject) => notesOf(this.#database, subject);
  addNote = (subject: Subject, note: Note) => addNote(this.#database, subject, note);
  tags = (subject: Subject) => tagsOf(this.#database, subject);
  addTag = (subject: Subject, tag: string) => addTag(this.#database, subject, tag);
  removeTag = (subject: Subject, tag: string) => removeTag(this.#database, subject, tag);

  lessons = () => readLessons(this.#database);
  replaceLessons = (lessons: readonly AcsLesson[]) => replaceLessons(this.#database, lessons);

  /** What is wrong with the file; empty where nothing is. */
  check(): readonly string[] {
    const rows = this.#database
      .prepare<[], string>('pragma integrity_check')
      .pluck()
      .all()
      .filter((row) => row !== 'ok');
    const orphans = this.#database.prepare('pragma foreign_key_check').all().length;
    const belonging = orphans === 0 ? [] : [`${orphans} rows belong to nothing`];
    return [...rows, ...belonging, ...this.#checkText()];
  }

  /** @see SQLite FTS5, "The 'integrity-check' Command" */
  #checkText(): readonly string[] {
    try {
      this.#database.exec("insert into snapshot_text (snapshot_text) values ('integrity-check')");
      return [];
    } catch (thrown) {
      return [`the text index: ${thrown instanceof Error ? thrown.message : String(thrown)}`];
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** Opens the library in a file, and creates it where there is none. */
export function openLibrary(file: string): Result<Library, Failure<'no-library'>> {
  try {
    return ok(new Library(openDatabase(file)));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return failure('no-library', `Cannot open the library ${file}: ${reason}`);
  }
}
