import type { FailureCode, OpenRequest } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { analyseKnown } from './analyse-known.ts';
import type { Platform } from './platform.ts';
import { loadDeviceNames } from './device-names.ts';
import type { OpenedSource } from './host-shelf.ts';
import type { Job } from './job-list.ts';
import { readInThread } from './reading/read-in-thread.ts';
import type { ReadFolders } from './reading/read-requested.ts';

type Opened = Result<OpenedSource, Failure<FailureCode>>;

/** Opens what a window asked for, in full depth, and runs the engine over it. */
export async function openRequested(
  request: OpenRequest,
  platform: Platform,
  job: Job,
): Promise<Opened> {
  job.progress('Reading', 0);
  const host = await readInThread(request, foldersOf(platform), job);
  if (!host.ok) return host;
  if (job.signal.aborted) return failure('cancelled', 'Reading was cancelled');
  job.progress('Forming groups', 1, 1);
  const title = request.kind === 'sample' ? { title: host.value.source.name } : {};
  return ok({
    analysis: await analyseKnown(host.value),
    names: loadDeviceNames(platform.assetsDir),
    ...title,
  });
}
/** What a thread can be told: the rest of a platform are functions. */
function foldersOf({ assetsDir, dataDir }: Platform): ReadFolders {
  return { assetsDir, ...(dataDir !== undefined && { dataDir }) };
}
