import type { CaseReport, LibraryList, SnapshotReport } from '../../shared/library-report.ts';
import type { SupportCase } from '../library/cases.ts';
import type { Library } from '../library/library.ts';
import type { Snapshot } from '../library/snapshots.ts';

/** The newest snapshots and all cases: the document of `airlock library list --json`. */
export function listReport(library: Library, limit: number): LibraryList {
  return { ...searchReport(library, [], limit), cases: library.cases().map(caseView) };
}

/** The document of `airlock library search --json`. */
export function searchReport(
  library: Library,
  words: readonly string[],
  limit: number,
): LibraryList {
  const { snapshots, hasMore } = library.search(words, limit);
  return { snapshots: [...snapshots], hasMore };
}

/** The document of `airlock library show ID --json`. */
export function snapshotReport(library: Library, snapshot: Snapshot): SnapshotReport {
  return {
    ...snapshot,
    cases: [...library.casesOfSnapshot(snapshot.id)],
    ...annotations(library, { snapshotId: snapshot.id }),
  };
}

/** The document of `airlock library show case:NAME --json`. */
export function caseReport(library: Library, wanted: SupportCase): CaseReport {
  return {
    ...caseView(wanted),
    ...annotations(library, { caseId: wanted.id }),
    snapshots: [...library.snapshotsOfCase(wanted.id)],
  };
}

function caseView({ name, createdAtMs, snapshotCount }: SupportCase) {
  return { name, createdAtMs, snapshotCount };
}

function annotations(library: Library, subject: Parameters<Library['tags']>[0]) {
  return { tags: [...library.tags(subject)], notes: [...library.notes(subject)] };
}
