import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailureCode } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { Job } from './job-list.ts';
import { collectorPath } from './collector-path.ts';
import { INSTALLED_COLLECTOR, PKEXEC } from './privilege.ts';
import { readHostBytes } from './read-source.ts';

/** More than a collector writes on the largest host that was seen, by far. */
const MAX_SNAPSHOT_BYTES = 256 * 1024 * 1024;
/** Exit statuses of pkexec: the dialog was dismissed, or authorisation was refused. */
const PKEXEC_DISMISSED = 126;
const PKEXEC_REFUSED = 127;

/** One line for a terminal that takes a full snapshot of this host. */
export function collectCommand(assetsDir: string): string {
  return `sudo sh ${shellWord(collectorPath(assetsDir))} --out host.tar.gz`;
}

/**
 * Reads this host with administrator rights: the collector through pkexec, which asks the user.
 *
 * Only the installed, root-owned collector is ever started so; a checkout or an AppImage has none
 * and gets the line for `sudo` in the failure.
 */
export async function collectPrivileged(assetsDir: string, job: Job) {
  job.progress('Waiting for administrator rights', 0);
  const collected = await runCollector(PKEXEC, [INSTALLED_COLLECTOR, '--out', '-'], job);
  if (collected.ok) return readHostBytes('this host', collected.value, job, { kind: 'live' });
  const line = collectCommand(assetsDir);
  return failure(collected.error.code, `${collected.error.message}. In a terminal: ${line}`);
}

/**
 * Runs the collector and takes the archive from its standard output.
 *
 * @param program - `sh` for the shipped script, or `pkexec`.
 */
export function runCollector(
  program: string,
  args: readonly string[],
  job: Job,
): Promise<Result<Uint8Array, Failure<FailureCode>>> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], signal: job.signal });
    const chunks: Buffer[] = [];
    let size = 0;
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      job.progress('Collecting', size);
      if (size > MAX_SNAPSHOT_BYTES) child.kill();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2000);
    });
    child.once('error', (error) => {
      resolve(
        job.signal.aborted
          ? failure('cancelled', 'Reading was cancelled')
          : failure('not-available', `Cannot start ${program}: ${error.message}`),
      );
    });
    child.once('close', (status) => {
      resolve(status === 0 ? ok(Buffer.concat(chunks)) : collectorFailure(status, complaint));
    });
  });
}

function collectorFailure(status: number | null, complaint: string) {
  if (status === PKEXEC_DISMISSED) {
    return failure('cancelled', 'Administrator rights were not given: the dialog was dismissed');
  }
  if (status === PKEXEC_REFUSED) {
    const reason = complaint.trim().split('\n').at(-1) ?? '';
    return failure('not-available', `Administrator rights were not given: ${reason}`);
  }
  const reason = complaint.trim().split('\n').at(-1) ?? '';
  return failure('cannot-open', `The collector ended with status ${status ?? 'none'}: ${reason}`);
}

/** Runs the shipped collector with this process's rights and keeps its archive. */
export async function collectTo(
  out: string,
  assetsDir: string,
  options: readonly string[],
  job: Job,
): Promise<Result<undefined, Failure<FailureCode>>> {
  const folder = await mkdtemp(join(tmpdir(), 'airlock-scan-'));
  const partial = join(folder, out.endsWith('.tar') ? 'host.tar' : 'host.tar.gz');
  try {
    const args = [collectorPath(assetsDir), '--out', partial, ...options];
    const collected = await runCollector('sh', args, job);
    if (!collected.ok) return collected;
    await copyFile(partial, out);
    return ok(undefined);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return failure('cannot-open', `Cannot write ${out}: ${reason}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
