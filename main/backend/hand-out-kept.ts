import { writeFile } from 'node:fs/promises';
import type { HandedOut } from '../../shared/handed-out.ts';
import { failure, ok } from '../../shared/result.ts';
import type { Library } from '../library/library.ts';
import { exportCase } from './export-case.ts';
import { handOutFile, safeFileName } from './hand-out-file.ts';
import type { Platform } from './platform.ts';
import type { LibraryResult, Named } from './use-library.ts';

/** Hands out a case as one file, or a snapshot as it was imported. */
export async function handOut(
  library: Library,
  named: Named,
  askForFolder: Platform['openFolderDialog'],
): Promise<LibraryResult<HandedOut>> {
  const word = named.kind === 'case' ? `"case:${named.case.name}"` : named.snapshot.id;
  const file = {
    name: nameOf(named),
    write: async (path: string) => ok(await writeKept(library, named, path)),
    command: `airlock library export ${word} FILE`,
  };
  const done = await handOutFile(file, askForFolder);
  return done.ok ? done : failure('no-library', done.error.message);
}

/**
 * Writes a case as one file, or a snapshot as it was imported.
 *
 * @throws Error of the system; where the file was there before, it is as it was.
 */
export async function writeKept(library: Library, named: Named, path: string): Promise<void> {
  if (named.kind === 'case') await exportCase(library, named.case, path);
  else await writeFile(path, library.original(named.snapshot), { flag: 'wx', mode: 0o600 });
}

function nameOf(named: Named): string {
  const wanted =
    named.kind === 'case' ? `${named.case.name}.airlock-case.tar` : named.snapshot.name;
  return safeFileName(wanted);
}
