import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArgsOf, FailureCode } from '../../shared/contract.ts';
import { failure, type Failure, type Result } from '../../shared/result.ts';
import { libraryFile } from './data-dir.ts';
import { safeFileName } from './hand-out-file.ts';
import type { OpenedHost } from './host-shelf.ts';
import { samplePath } from './samples.ts';
import { noHost, type Session } from './session.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

type Answer<T> = Promise<Result<T, Failure<FailureCode>>>;

/**
 * Uses the file or folder that an open host was read from, or that the library keeps, by its path.
 *
 * @param use - What came as bytes lies in a temporary folder meanwhile.
 */
export async function withOriginal<T>(
  session: Session,
  source: ArgsOf<'redact:preview'>['source'],
  use: (path: string) => Answer<T>,
): Answer<T> {
  if (source.kind === 'kept') return withKept(session, `library:${source.id}`, use);
  const opened = session.shelf.get(source.hostId);
  return opened === undefined ? noHost(source.hostId) : withOpened(session, opened.request, use);
}

async function withOpened<T>(
  session: Session,
  request: OpenedHost['request'],
  use: (path: string) => Answer<T>,
): Answer<T> {
  switch (request.kind) {
    case 'live':
    case 'live-privileged':
      return noFile('This host');
    case 'path':
      if (request.path.startsWith('ssh://')) return noFile(request.path);
      if (request.path.startsWith('library:')) return withKept(session, request.path, use);
      return use(request.path);
    case 'sample': {
      const sample = await samplePath(session.platform.assetsDir, request.id);
      return sample.ok ? use(sample.value.path) : sample;
    }
    case 'bytes':
      return withBytes(request, use);
  }
}

async function withKept<T>(
  { platform }: Session,
  word: string,
  use: (path: string) => Answer<T>,
): Answer<T> {
  if (platform.dataDir === undefined) return noFile(word);
  // The native module of the database is loaded by who uses the library.
  const { readOriginal } = await import('./read-kept.ts');
  const kept = await readOriginal(word, libraryFile(platform.dataDir));
  return kept.ok ? withBytes(kept.value, use) : failure('not-available', kept.error.message);
}

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function withBytes<T>({ name, bytes }: NamedBytes, use: (path: string) => Answer<T>): Answer<T> {
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, safeFileName(name));
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
    return use(path);
  });
}

function noFile(name: string) {
  return failure(
    'not-available',
    `${name} is no file: take a snapshot with airlock-collect and open that`,
  );
}
