import { failure, ok } from '../../../shared/result.ts';
import { writeKept } from '../../backend/hand-out-kept.ts';
import {
  caseReport,
  listReport,
  searchReport,
  snapshotReport,
} from '../../backend/library-report.ts';
import { caseText, listText, snapshotText } from '../../backend/library-text.ts';
import {
  findNamed,
  subjectOf,
  useLibrary,
  type LibraryResult,
  type Named,
} from '../../backend/use-library.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson, remark } from '../output.ts';

export interface ListOptions {
  readonly limit: string;
  readonly json?: boolean;
}

type Library = Parameters<Parameters<typeof useLibrary>[0]>[0];

/** `airlock library list`, and `search` with words: status 1 where nothing is found. */
export async function listVerb(
  words: readonly string[],
  { limit, json }: ListOptions,
): Promise<ExitStatus> {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000) {
    complain({ code: 'bad-arguments', message: `A limit is a number from 1, not ${limit}` });
    return 2;
  }
  return answer(async () => {
    const report = await useLibrary((library) =>
      ok(words.length > 0 ? searchReport(library, words, count) : listReport(library, count)),
    );
    if (!report.ok) return report;
    if (json === true) printJson([report.value], false);
    else print(listText(report.value));
    return ok(words.length > 0 && report.value.snapshots.length === 0 ? 1 : 0);
  });
}

/** `airlock library show`. */
export function showVerb(word: string, isJson: boolean): Promise<ExitStatus> {
  return withNamed(word, (library, named) => {
    if (named.kind === 'case') {
      const report = caseReport(library, named.case);
      if (isJson) printJson([report], false);
      else print(caseText(report));
    } else {
      const report = snapshotReport(library, named.snapshot);
      if (isJson) printJson([report], false);
      else print(snapshotText(report));
    }
    return ok(0);
  });
}

/** `airlock library tag`. */
export function tagVerb(
  word: string,
  tags: readonly string[],
  isRemoval: boolean,
): Promise<ExitStatus> {
  return withNamed(word, (library, named) => {
    const subject = subjectOf(named);
    for (const tag of tags) {
      if (isRemoval) library.removeTag(subject, tag);
      else library.addTag(subject, tag);
    }
    remark(`${word} has ${library.tags(subject).join(', ') || 'no tag'}`);
    return ok(0);
  });
}

/** `airlock library note`. */
export function noteVerb(word: string, text: string): Promise<ExitStatus> {
  return withNamed(word, (library, named) => {
    library.addNote(subjectOf(named), { text, writtenAtMs: Date.now() });
    return ok(0);
  });
}

/** `airlock library export`: a case, or the file of a snapshot as it was imported. */
export function exportVerb(word: string, path: string): Promise<ExitStatus> {
  return withNamed(word, async (library, named) => {
    try {
      await writeKept(library, named, path);
    } catch (thrown) {
      return cannotWrite(path, thrown);
    }
    remark(`Wrote ${path}`);
    return ok(0);
  });
}

/** Why a new file was not written. */
export function cannotWrite(path: string, thrown: unknown) {
  const isThere = thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return failure(
    'no-library',
    `Cannot write ${path}: ${isThere ? 'there is a file of that name' : reason}`,
  );
}

/** `airlock library remove`. */
export function removeVerb(word: string): Promise<ExitStatus> {
  return withNamed(word, (library, named) => {
    if (named.kind === 'case') library.removeCase(named.case.id);
    else library.remove(named.snapshot.id);
    remark(
      named.kind === 'case'
        ? `Removed ${word}; its snapshots stay`
        : `Removed ${word} and its file`,
    );
    return ok(0);
  });
}

function withNamed(
  word: string,
  use: (
    library: Library,
    named: Named,
  ) => LibraryResult<ExitStatus> | Promise<LibraryResult<ExitStatus>>,
): Promise<ExitStatus> {
  return answer(() =>
    useLibrary((library) => {
      const named = findNamed(library, word);
      return named.ok ? use(library, named.value) : named;
    }),
  );
}

/** Runs a verb; a library that cannot be used is status 2. */
export async function answer(work: () => Promise<LibraryResult<ExitStatus>>): Promise<ExitStatus> {
  const outcome = await work();
  if (outcome.ok) return outcome.value;
  complain(outcome.error);
  return 2;
}
