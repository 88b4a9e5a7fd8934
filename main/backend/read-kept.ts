import type { Host } from '../../shared/host.ts';
import { failure, ok } from '../../shared/result.ts';
import type { Snapshot } from '../library/snapshots.ts';
import { HOST_FORMAT, unpackHost } from './stored-host.ts';
import type { Library } from '../library/library.ts';
import { findNamed, useLibrary, type LibraryResult } from './use-library.ts';

/** A snapshot that the library keeps: as it was parsed, or its bytes where that has an older form. */
export type Kept =
  | { readonly snapshot: Snapshot; readonly host: Host }
  | { readonly snapshot: Snapshot; readonly bytes: Uint8Array };

/**
 * Reads what a source word names: `library:12`.
 *
 * @param file - The library; the user's unless told.
 */
export function readKept(word: string, file?: string): Promise<LibraryResult<Kept>> {
  return useLibrary((library) => {
    const found = findSnapshot(library, word);
    if (!found.ok) return found;
    const snapshot = found.value;
    const text = library.storedHost(snapshot.id, HOST_FORMAT);
    const host = text === undefined ? undefined : unpackHost(text);
    return ok(
      host === undefined ? { snapshot, bytes: library.original(snapshot) } : { snapshot, host },
    );
  }, file);
}

/** The file of a snapshot as it was imported. */
export function readOriginal(
  word: string,
  file: string,
): Promise<LibraryResult<{ readonly name: string; readonly bytes: Uint8Array }>> {
  return useLibrary((library) => {
    const found = findSnapshot(library, word);
    return found.ok ? ok({ name: found.value.name, bytes: library.original(found.value) }) : found;
  }, file);
}

function findSnapshot(library: Library, word: string): LibraryResult<Snapshot> {
  const named = findNamed(library, word);
  if (!named.ok) return named;
  return named.value.kind === 'case'
    ? failure('no-library', `${word} is no snapshot`)
    : ok(named.value.snapshot);
}
