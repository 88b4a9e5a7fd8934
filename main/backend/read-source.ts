import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailureCode } from '../../shared/contract.ts';
import type { Host, SourceKind } from '../../shared/host.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { openLiveSource } from '../host/live-source.ts';
import { openSource } from '../host/open-source.ts';
import { readHost } from '../host/read-host.ts';
import type { Job } from './job-list.ts';

export type ReadDepth = 'grouping' | 'full';
export type ReadResult = Result<Host, Failure<FailureCode>>;

/** Reads what a command line names: `live`, or a path. */
export async function readSource(name: string, depth: ReadDepth, job: Job): Promise<ReadResult> {
  return name === 'live' ? readLiveHost(depth) : readHostFrom(name, depth, job);
}

/** Reads the host that we run on, with the rights that we have. */
export function readLiveHost(depth: ReadDepth): ReadResult {
  return asOpened(readHost(openLiveSource(Date.now()), { depth }));
}

/**
 * Reads an archive or a directory.
 *
 * @param shownAs - Name to show in place of the file's.
 */
export async function readHostFrom(
  path: string,
  depth: ReadDepth,
  job: Job,
  shownAs?: string,
): Promise<ReadResult> {
  if (path.startsWith('ssh://') || path.startsWith('library:')) {
    return failure(
      'not-available',
      `Cannot read ${path}: this version reads this host, archives and directories`,
    );
  }
  const source = await openSource(path, { nowMs: Date.now() });
  if (!source.ok) return failure('cannot-open', source.error.message);
  if (job.signal.aborted) return failure('cancelled', `Reading ${path} was cancelled`);
  const host = asOpened(readHost(source.value, { depth }));
  if (!host.ok || shownAs === undefined) return host;
  return ok({ ...host.value, source: { ...host.value.source, name: shownAs } });
}

/** Reads a file that came as bytes: one dropped on the window, or from the collector. */
export async function readHostBytes(
  name: string,
  bytes: Uint8Array,
  job: Job,
  kind?: SourceKind,
): Promise<ReadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'airlock-open-'));
  try {
    const path = join(folder, 'dropped');
    await writeFile(path, bytes, { mode: 0o600 });
    const host = await readHostFrom(path, 'full', job, name);
    if (!host.ok) return failure(host.error.code, host.error.message.replace(path, name));
    if (kind === undefined) return host;
    return ok({ ...host.value, source: { ...host.value.source, kind } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function asOpened(host: Result<Host, Failure>): ReadResult {
  return host.ok ? host : failure('cannot-open', host.error.message);
}
