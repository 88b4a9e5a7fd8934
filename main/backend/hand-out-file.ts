import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FailureCode } from '../../shared/contract.ts';
import type { HandedOut } from '../../shared/handed-out.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Platform } from './platform.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** What a browser takes in one answer. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

type Written = Result<unknown, Failure<FailureCode>>;

/** A file that a window asked to keep. */
export interface FileToHandOut {
  readonly name: string;
  /** Writes it to a path that does not exist, or throws an error of the system. */
  readonly write: (path: string) => Promise<Written>;
  /** What writes it where it is too large for a browser: `airlock … FILE`. */
  readonly command: string;
}

/**
 * Hands out one file. A window cannot name the place.
 *
 * @param askForFolder - The system's dialog names the place; without one the bytes are the answer.
 */
export async function handOutFile(
  file: FileToHandOut,
  askForFolder: Platform['openFolderDialog'],
): Promise<Result<HandedOut, Failure<FailureCode>>> {
  if (askForFolder === undefined) return answerBytes(file);
  const folder = await askForFolder(`Choose where ${file.name} goes`);
  if (folder === undefined) return ok({ kind: 'cancelled' });
  const path = join(folder, file.name);
  const written = await tryToWrite(file, path);
  return written.ok ? ok({ kind: 'file', path }) : written;
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const isThere = 'code' in thrown && thrown.code === 'EEXIST';
  return isThere ? 'there is a file of that name' : thrown.message;
}

/** A name that came from outside: no folders, nothing that hides. */
export function safeFileName(wanted: string): string {
  const safe = basename(wanted.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')).replace(/^[. ]+/, '');
  return safe.slice(-120) || 'snapshot';
}

async function tryToWrite(file: FileToHandOut, path: string): Promise<Written> {
  try {
    return await file.write(path);
  } catch (thrown) {
    return failure('not-available', `Cannot write ${path}: ${reasonOf(thrown)}`);
  }
}

function answerBytes(file: FileToHandOut): Promise<Result<HandedOut, Failure<FailureCode>>> {
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, 'file');
    const written = await tryToWrite(file, path);
    if (!written.ok) return written;
    if ((await stat(path)).size > MAX_ANSWER_BYTES) {
      const text = `${file.name} has more than 256 MiB, too much for a browser: ${file.command} writes it`;
      return failure('not-available', text);
    }
    return ok({ kind: 'bytes', name: file.name, bytes: new Uint8Array(await readFile(path)) });
  });
}
