import { networkInterfaces } from 'node:os';
import type { FailureCode } from '../../shared/contract.ts';
import type { Host, SourceKind } from '../../shared/host.ts';
import type { RemoteSession } from '../../shared/network.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { openLiveSource } from '../host/live-source.ts';
import type { ArchiveOptions, Watch } from '../host/open-archive.ts';
import type { OpenError } from '../host/open-error.ts';
import { openSource } from '../host/open-source.ts';
import { readHost } from '../host/read-host.ts';
import { reportFilesIn } from '../host/report-files-in.ts';
import type { Source } from '../host/source.ts';
import type { Shipped } from './collect-remote.ts';
import type { Job } from './job-list.ts';
import { watchedSource } from './reading/watched-source.ts';
import { sshSession } from './ssh-session.ts';
import { unxzWithProgram } from './xz-program.ts';

export type ReadDepth = 'grouping' | 'full';
export type ReadResult = Result<Host, Failure<FailureCode>>;

/** Reads what a command line names: `live`, a path, a host by `ssh://`, or `-`: what is piped in. */
export async function readSource(
  name: string,
  depth: ReadDepth,
  job: Job,
  shipped: Shipped,
): Promise<ReadResult> {
  if (name === 'live') return readLiveHost(depth, job);
  if (name === '-') return readStandardInput(job);
  return name.startsWith('ssh://')
    ? readRemoteHost(name, shipped, job)
    : readHostFrom(name, depth, job);
}

/** Reads a host over SSH, with everything that its collector finds. */
export async function readRemoteHost(
  name: string,
  shipped: Shipped,
  job: Job,
): Promise<ReadResult> {
  // Most readings are of this host or of an archive.
  const { collectRemote } = await import('./collect-remote.ts');
  const snapshot = await collectRemote(name, shipped, job);
  if (!snapshot.ok) return snapshot;
  const { archive, session, withoutRoot, ...origin } = snapshot.value;
  const host = await readHostBytes(origin.name, archive, job, { kind: 'ssh', session });
  if (!host.ok || withoutRoot === undefined) return host;
  // Said before what is missing because of it.
  const text = `${origin.name} was read without root (${withoutRoot}): connect as root, or let sudo run sh there without a password, to see the whole configuration space`;
  return ok({
    ...host.value,
    problems: [{ path: '', code: 'missing', text }, ...host.value.problems],
  });
}

/** Reads the host that we run on, with the rights that we have. */
export function readLiveHost(depth: ReadDepth, job: Job): ReadResult {
  const source = watchedSource(openLiveSource(Date.now()), job.at);
  return asOpened(readHost(source, { depth, session: ownSession() }));
}

/**
 * Reads an archive, a directory, a report, or `library:ID`.
 *
 * @param shownAs - Name to show in place of the file's.
 */
export async function readHostFrom(
  path: string,
  depth: ReadDepth,
  job: Job,
  shownAs?: string,
): Promise<ReadResult> {
  if (path.startsWith('library:')) return readLibraryHost(path, job);
  job.at?.(path.replace(/^\//, ''));
  const opened = await openSource(path, { nowMs: Date.now(), ...archiveOptions(job) });
  const host = isNoArchive(opened)
    ? await readReportFile(path)
    : await readOpened(opened, { depth, job });
  if (!host.ok || shownAs === undefined) return host;
  return ok({ ...host.value, source: { ...host.value.source, name: shownAs } });
}

interface BytesOrigin {
  readonly kind?: SourceKind;
  /** The SSH connection that they came over. */
  readonly session?: RemoteSession | undefined;
}

/**
 * Reads what the library keeps: as it was parsed, or from its bytes where the form has changed.
 *
 * @param name - `library:12`.
 * @param file - The library; the user's unless told.
 */
export async function readLibraryHost(name: string, job: Job, file?: string): Promise<ReadResult> {
  // The native module is loaded by who uses the library.
  const { readKept } = await import('./read-kept.ts');
  const kept = await readKept(name, file);
  if (!kept.ok) return failure('cannot-open', kept.error.message);
  const source = { kind: 'library', name: kept.value.snapshot.name } as const;
  if ('bytes' in kept.value) return readHostBytes(source.name, kept.value.bytes, job, source);
  const { host } = kept.value;
  return ok({ ...host, source: { ...host.source, ...source } });
}

/** Reads an archive or a report that came as bytes: dropped on the window, or from the collector. */
export async function readHostBytes(
  name: string,
  bytes: Uint8Array,
  job: Job,
  { kind = 'archive', session }: BytesOrigin = {},
): Promise<ReadResult> {
  // The archive packages are loaded when an archive is read.
  const { openArchiveBytes } = await import('../host/open-archive.ts');
  const origin = { kind, name, label: name };
  const opened = await openArchiveBytes(origin, bytes, archiveOptions(job));
  if (isNoArchive(opened)) return readReportBytes(name, bytes);
  return readOpened(opened, { depth: 'full', job, remote: session });
}

/** The text that is piped in is bounded by the reader; more than it takes is not waited for. */
async function readStandardInput(job: Job): Promise<ReadResult> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_INPUT_BYTES) break;
  }
  return readHostBytes('standard input', Buffer.concat(chunks), job);
}

const MAX_INPUT_BYTES = 512 * 1024 * 1024;

function isNoArchive(opened: Result<Source, OpenError>): boolean {
  return !opened.ok && opened.error.code === 'not-an-archive';
}

/** The readers of reports are loaded when a report is read. */
async function readReportFile(path: string): Promise<ReadResult> {
  const { openReportFile } = await import('../reports/open-report.ts');
  return asOpened(openReportFile(path));
}

async function readReportBytes(name: string, bytes: Uint8Array): Promise<ReadResult> {
  const { openReport } = await import('../reports/open-report.ts');
  return asOpened(openReport(name, bytes));
}

interface OpenedReading {
  readonly depth: ReadDepth;
  readonly job: Job;
  readonly remote?: RemoteSession | undefined;
}

async function readOpened(
  opened: Result<Source, OpenError>,
  { depth, job, remote }: OpenedReading,
): Promise<ReadResult> {
  if (opened.ok) {
    const session = opened.value.info.kind === 'live' ? ownSession() : remote;
    const source = watchedSource(opened.value, job.at);
    const host = readHost(source, { depth, session });
    return host.ok ? host : readBundleOr(source, asOpened(host));
  }
  const { code, message } = opened.error;
  return failure(code === 'cancelled' ? 'cancelled' : 'cannot-open', message);
}

/** A tree without functions may still be the bundle of a support tool. */
async function readBundleOr(source: Source, refused: ReadResult): Promise<ReadResult> {
  if (reportFilesIn(source).length === 0) return refused;
  const { readBundle } = await import('../reports/read-bundle.ts');
  return asOpened(readBundle(source));
}

/** Read anew each time: interfaces come and go while the window is open. */
function ownSession() {
  return sshSession(process.env.SSH_CONNECTION, networkInterfaces());
}

function asOpened(host: Result<Host, Failure>): ReadResult {
  return host.ok ? host : failure('cannot-open', host.error.message);
}

const MIB = 1024 * 1024;

function archiveOptions(job: Job): ArchiveOptions {
  return { watch: watchFor(job), unxz: unxzWithProgram };
}

function watchFor(job: Job): Watch {
  return {
    signal: job.signal,
    progress: (bytes) => job.progress(`Unpacking, ${Math.ceil(bytes / MIB)} MiB so far`, bytes),
  };
}
