import { join } from 'node:path';
import type { FailureCode, OpenRequest } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { analyse } from './analyse.ts';
import type { Platform } from './platform.ts';
import { collectPrivileged } from './collect.ts';
import { loadDeviceNames } from './device-names.ts';
import type { OpenedSource } from './host-shelf.ts';
import type { Job } from './job-list.ts';
import { readHostBytes, readHostFrom, readLiveHost, readRemoteHost } from './read-source.ts';
import { samplePath } from './samples.ts';

type Opened = Result<OpenedSource, Failure<FailureCode>>;

/** Opens what a window asked for, in full depth, and runs the engine over it. */
export async function openRequested(
  request: OpenRequest,
  platform: Platform,
  job: Job,
): Promise<Opened> {
  job.progress('Reading', 0);
  const host = await readRequested(request, platform, job);
  if (!host.ok) return host;
  if (job.signal.aborted) return failure('cancelled', 'Reading was cancelled');
  job.progress('Forming groups', 1, 1);
  const title = request.kind === 'sample' ? { title: host.value.source.name } : {};
  return ok({
    analysis: analyse(host.value),
    names: loadDeviceNames(platform.assetsDir),
    ...title,
  });
}

async function readRequested(request: OpenRequest, platform: Platform, job: Job) {
  switch (request.kind) {
    case 'live':
      return readLiveHost('full');
    case 'live-privileged':
      return collectPrivileged(platform.assetsDir, job);
    case 'path':
      return readNamed(request.path, platform, job);
    case 'sample': {
      const path = await samplePath(platform.assetsDir, request.id);
      return path.ok ? readHostFrom(join(path.value.path), 'full', job, path.value.title) : path;
    }
    case 'bytes':
      return readHostBytes(request.name, request.bytes, job);
  }
}

/** A path, or the name of a host. The window has no terminal on which ssh could ask. */
function readNamed(name: string, { assetsDir }: Platform, job: Job) {
  return name.startsWith('ssh://')
    ? readRemoteHost(name, { assetsDir, isInteractive: false }, job)
    : readHostFrom(name, 'full', job);
}
