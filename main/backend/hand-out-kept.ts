import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { LibraryExport } from '../../shared/library-entry.ts';
import { failure, ok } from '../../shared/result.ts';
import type { Library } from '../library/library.ts';
import { exportCase } from './export-case.ts';
import type { Platform } from './platform.ts';
import type { LibraryResult, Named } from './use-library.ts';

/** What a browser takes in one answer. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/**
 * Hands out a case as one file, or a snapshot as it was imported.
 *
 * @param askForFolder - The system's dialog names the place; without one the bytes are the answer.
 */
export async function handOut(
  library: Library,
  named: Named,
  askForFolder: Platform['openFolderDialog'],
): Promise<LibraryResult<LibraryExport>> {
  const name = fileName(named);
  if (askForFolder === undefined) return answerBytes(library, named, name);
  const folder = await askForFolder(`Choose where ${name} goes`);
  if (folder === undefined) return ok({ kind: 'cancelled' });
  const path = join(folder, name);
  try {
    await writeKept(library, named, path);
    return ok({ kind: 'file', path });
  } catch (thrown) {
    return failure('no-library', `Cannot write ${path}: ${reasonOf(thrown)}`);
  }
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

/** Why {@link writeKept} threw, in words. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const isThere = 'code' in thrown && thrown.code === 'EEXIST';
  return isThere ? 'there is a file of that name' : thrown.message;
}

async function answerBytes(
  library: Library,
  named: Named,
  name: string,
): Promise<LibraryResult<LibraryExport>> {
  const folder = await mkdtemp(join(tmpdir(), 'airlock-export-'));
  const path = join(folder, 'file');
  try {
    await writeKept(library, named, path);
    const { size } = await stat(path);
    if (size > MAX_ANSWER_BYTES) {
      const word = named.kind === 'case' ? `"case:${named.case.name}"` : named.snapshot.id;
      const text = `${name} has more than 256 MiB, too much for a browser: airlock library export ${word} FILE writes it`;
      return failure('no-library', text);
    }
    return ok({ kind: 'bytes', name, bytes: new Uint8Array(await readFile(path)) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A name came from outside: no folders, nothing that hides. */
function fileName(named: Named): string {
  const wanted =
    named.kind === 'case' ? `${named.case.name}.airlock-case.tar` : named.snapshot.name;
  const safe = basename(wanted.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')).replace(/^[. ]+/, '');
  return safe.slice(-120) || 'snapshot';
}
