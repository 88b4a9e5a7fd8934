import type { ArgsOf, FailureCode, ReplyOf } from '../../shared/contract.ts';
import type { LibraryChange, LibraryEntry } from '../../shared/library-entry.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Library } from '../library/library.ts';
import { libraryFile } from './data-dir.ts';
import { loadDeviceNames } from './device-names.ts';
import { handOut } from './hand-out-kept.ts';
import { importDropped, importFile } from './import-files.ts';
import { caseReport, listReport, searchReport, snapshotReport } from './library-report.ts';
import type { Session } from './session.ts';
import { findNamed, subjectOf, useLibrary, type LibraryResult, type Named } from './use-library.ts';

type Answer<T> = Promise<Result<T, Failure<FailureCode>>>;

/** The newest snapshots, or those that fulfil every word; all cases beside them. */
export function listRequested(session: Session, { words, limit }: ArgsOf<'library:list'>) {
  return inLibrary(session, (library) => {
    const list = listReport(library, limit);
    return ok(words.length === 0 ? list : { ...list, ...searchReport(library, words, limit) });
  });
}

/** One snapshot or case, with its tags and notes. */
export function showRequested(session: Session, { name }: ArgsOf<'library:show'>) {
  return withNamed(session, name, (library, named) => ok(entryOf(library, named)));
}

/** Imports one file; where it cannot be, the reason is in the answer. */
export async function importRequested(
  session: Session,
  { jobId, source }: ArgsOf<'library:import'>,
): Answer<ReplyOf<'library:import'>> {
  const job = session.jobs.start(jobId);
  const names = loadDeviceNames(session.platform.assetsDir);
  try {
    return await inLibrary(session, async (library) => {
      const importing = { library, names, job, nowMs: Date.now() };
      const imported = await (source.kind === 'path'
        ? importFile(source.path, importing)
        : importDropped(source.name, source.bytes, importing));
      return ok(
        imported.ok
          ? { imported: [...imported.value], failed: [] }
          : { imported: [], failed: [imported.error.message] },
      );
    });
  } finally {
    session.jobs.finish(jobId);
  }
}

/** Changes tags, notes or cases, and answers what it is now. */
export function changeRequested(session: Session, { name, change }: ArgsOf<'library:change'>) {
  return withNamed(session, name, (library, named) => {
    const done = makeChange(library, named, change);
    if (!done.ok) return done;
    const changed = findNamed(library, name);
    return changed.ok ? ok(entryOf(library, changed.value)) : changed;
  });
}

function makeChange(
  library: Library,
  named: Named,
  change: LibraryChange,
): LibraryResult<undefined> {
  const subject = subjectOf(named);
  switch (change.kind) {
    case 'add-tag':
      library.addTag(subject, change.tag);
      return ok(undefined);
    case 'remove-tag':
      library.removeTag(subject, change.tag);
      return ok(undefined);
    case 'add-note':
      library.addNote(subject, { text: change.text, writtenAtMs: Date.now() });
      return ok(undefined);
    case 'put-into-case':
      if (named.kind === 'case') return failure('no-library', 'A case cannot be put into a case');
      library.fillCase({ name: change.case, createdAtMs: Date.now() }, [named.snapshot.id]);
      return ok(undefined);
  }
}

/** Hands out a case, or the file of a snapshot as it was imported. */
export function exportRequested(session: Session, { name }: ArgsOf<'library:export'>) {
  return withNamed(session, name, (library, named) =>
    handOut(library, named, session.platform.openFolderDialog),
  );
}

/** Forgets a snapshot with its file, or a case; its snapshots stay. */
export function removeRequested(session: Session, { name }: ArgsOf<'library:remove'>) {
  return withNamed(session, name, (library, named) => {
    if (named.kind === 'case') library.removeCase(named.case.id);
    else library.remove(named.snapshot.id);
    return ok({});
  });
}

function entryOf(library: Library, named: Named): LibraryEntry {
  return named.kind === 'case'
    ? { kind: 'case', ...caseReport(library, named.case) }
    : { kind: 'snapshot', ...snapshotReport(library, named.snapshot) };
}

function withNamed<T>(
  session: Session,
  name: string,
  use: (library: Library, named: Named) => LibraryResult<T> | Promise<LibraryResult<T>>,
): Answer<T> {
  return inLibrary(session, (library) => {
    const named = findNamed(library, name);
    return named.ok ? use(library, named.value) : named;
  });
}

async function inLibrary<T>(
  { platform }: Session,
  use: (library: Library) => LibraryResult<T> | Promise<LibraryResult<T>>,
): Answer<T> {
  if (platform.dataDir === undefined) {
    return failure('not-available', 'Nothing can be kept here: there is no folder for it');
  }
  const done = await useLibrary(use, libraryFile(platform.dataDir));
  return done.ok ? done : failure('not-available', done.error.message);
}
