import type { OpenRequest } from '../../../shared/contract.ts';
import { collectPrivileged } from '../collect.ts';
import type { Job } from '../job-list.ts';
import { libraryFile } from '../data-dir.ts';
import {
  readHostBytes,
  readHostFrom,
  readLibraryHost,
  readLiveHost,
  readRemoteHost,
  type ReadResult,
} from '../read-source.ts';
import { samplePath } from '../samples.ts';

/** Where Airlock's own files lie, for a reading. */
export interface ReadFolders {
  readonly assetsDir: string;
  /** Of the library; undefined where nothing can be kept. */
  readonly dataDir?: string;
}

/** Reads what a window asked for, in full depth. */
export async function readRequested(
  request: OpenRequest,
  folders: ReadFolders,
  job: Job,
): Promise<ReadResult> {
  const { assetsDir } = folders;
  switch (request.kind) {
    case 'live':
      return readLiveHost('full', job);
    case 'live-privileged':
      return collectPrivileged(assetsDir, job);
    case 'path':
      return readNamed(request.path, folders, job);
    case 'sample': {
      const sample = await samplePath(assetsDir, request.id);
      return sample.ok ? readHostFrom(sample.value.path, 'full', job, sample.value.title) : sample;
    }
    case 'bytes':
      return readHostBytes(request.name, request.bytes, job);
  }
}

/** A path, `library:12`, or the name of a host. The window has no terminal on which ssh could ask. */
function readNamed(name: string, { assetsDir, dataDir }: ReadFolders, job: Job) {
  if (name.startsWith('library:')) return readLibraryHost(name, job, libraryFile(dataDir));
  return name.startsWith('ssh://')
    ? readRemoteHost(name, { assetsDir, isInteractive: false }, job)
    : readHostFrom(name, 'full', job);
}
