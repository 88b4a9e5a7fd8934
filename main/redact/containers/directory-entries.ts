import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { ARCHIVE_LIMITS } from '../../host/limits.ts';
import { ArchiveRefusal } from '../../host/open-error.ts';
import { noContent, type EntryWithContent } from '../entry.ts';

/** Said of a file that cannot be read. */
export type Unread = (path: string, reason: string) => void;

/**
 * What lies in a directory, folders before what is in them. Links are not followed; pipes, sockets
 * and devices are not given.
 */
export async function* directoryEntries(
  root: string,
  unread: Unread,
): AsyncGenerator<EntryWithContent> {
  const waiting = [''];
  let entries = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const name of namesIn(root, folder, unread)) {
      if (++entries > ARCHIVE_LIMITS.archiveEntries) {
        throw new ArchiveRefusal(
          'too-big',
          `it has more than ${ARCHIVE_LIMITS.archiveEntries} files`,
        );
      }
      const path = folder === '' ? name : `${folder}/${name}`;
      const entry = entryOf(root, path, unread);
      if (entry?.kind === 'directory') waiting.push(path);
      if (entry) yield entry;
    }
  }
}

function namesIn(root: string, folder: string, unread: Unread): readonly string[] {
  try {
    return readdirSync(join(root, folder)).toSorted();
  } catch (thrown) {
    unread(folder, reasonOf(thrown));
    return [];
  }
}

function entryOf(root: string, path: string, unread: Unread): EntryWithContent | undefined {
  const full = join(root, path);
  const stat = lstatSync(full);
  const common = { path, target: '', mode: stat.mode & 0o777, modifiedAtMs: stat.mtimeMs };
  if (stat.isDirectory()) return { ...common, kind: 'directory', content: noContent() };
  if (stat.isSymbolicLink()) {
    return { ...common, kind: 'symlink', target: readlinkSync(full), content: noContent() };
  }
  if (!stat.isFile()) return undefined;
  try {
    return { ...common, kind: 'file', content: contentOf(full) };
  } catch (thrown) {
    unread(path, reasonOf(thrown));
    return undefined;
  }
}

/** Opened without following a link that came in between, and without waiting for a pipe. */
function contentOf(full: string): AsyncIterable<Uint8Array> {
  const fd = openSync(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if (fstatSync(fd).isFile()) return createReadStream('', { fd }) as AsyncIterable<Uint8Array>;
  closeSync(fd);
  throw new Error('it is no file');
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
