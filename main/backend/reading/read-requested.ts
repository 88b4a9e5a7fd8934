import type { OpenRequest } from '../../../shared/contract.ts';
import { collectPrivileged } from '../collect.ts';
import type { Job } from '../job-list.ts';
import {
  readHostBytes,
  readHostFrom,
  readLiveHost,
  readRemoteHost,
  type ReadResult,
} from '../read-source.ts';
import { samplePath } from '../samples.ts';

/** Reads what a window asked for, in full depth. */
export async function readRequested(
  request: OpenRequest,
  assetsDir: string,
  job: Job,
): Promise<ReadResult> {
  switch (request.kind) {
    case 'live':
      return readLiveHost('full', job);
    case 'live-privileged':
      return collectPrivileged(assetsDir, job);
    case 'path':
      return readNamed(request.path, assetsDir, job);
    case 'sample': {
      const sample = await samplePath(assetsDir, request.id);
      return sample.ok ? readHostFrom(sample.value.path, 'full', job, sample.value.title) : sample;
    }
    case 'bytes':
      return readHostBytes(request.name, request.bytes, job);
  }
}

/** A path, or the name of a host. The window has no terminal on which ssh could ask. */
function readNamed(name: string, assetsDir: string, job: Job) {
  return name.startsWith('ssh://')
    ? readRemoteHost(name, { assetsDir, isInteractive: false }, job)
    : readHostFrom(name, 'full', job);
}
