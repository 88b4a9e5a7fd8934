import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { openLibrary, type Library } from '../library/library.ts';
import { libraryFile } from './data-dir.ts';

export type LibraryResult<T> = Result<T, Failure<'no-library'>>;

/** Opens the user's library for one use; one that is damaged is a failure with the reason. */
export async function useLibrary<T>(
  use: (library: Library) => LibraryResult<T> | Promise<LibraryResult<T>>,
  file = libraryFile(),
): Promise<LibraryResult<T>> {
  const opened = openLibrary(file);
  if (!opened.ok) return opened;
  try {
    return await use(opened.value);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return failure('no-library', `Cannot use the library ${file}: ${reason}`);
  } finally {
    opened.value.close();
  }
}

/** What a word of the command line names in a library: a snapshot or a case. */
export type Named =
  | { readonly kind: 'snapshot'; readonly snapshot: NonNullable<ReturnType<Library['get']>> }
  | { readonly kind: 'case'; readonly case: NonNullable<ReturnType<Library['case']>> };

/** `12`, `library:12`, `case:NAME`. */
export function findNamed(library: Library, word: string): LibraryResult<Named> {
  if (word.startsWith('case:')) {
    const found = library.case(word.slice(5));
    return found === undefined ? missing(word, 'case') : ok({ kind: 'case', case: found });
  }
  const match = /^(?:library:)?([1-9]\d{0,14})$/.exec(word);
  const snapshot = match ? library.get(Number(match[1])) : undefined;
  return snapshot === undefined ? missing(word, 'snapshot') : ok({ kind: 'snapshot', snapshot });
}

function missing(word: string, what: string) {
  return failure(
    'no-library',
    `Cannot find ${word}: the library has no such ${what}; airlock library list shows what there is`,
  );
}

/** What notes and tags of it are put on. */
export function subjectOf(named: Named) {
  return named.kind === 'case' ? { caseId: named.case.id } : { snapshotId: named.snapshot.id };
}
