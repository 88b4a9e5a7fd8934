import { readFile } from 'node:fs/promises';
import type { FailureCode } from '../../shared/contract.ts';
import type { RemoteSession } from '../../shared/network.ts';
import { failure, ok, type Err, type Failure, type Result } from '../../shared/result.ts';
import { collectOverSsh } from '../ssh/collect-over-ssh.ts';
import { findRights } from '../ssh/find-rights.ts';
import { findSession } from '../ssh/find-session.ts';
import { SshConnection } from '../ssh/ssh-connection.ts';
import type { SshFailure } from '../ssh/ssh-failure-code.ts';
import { parseSshTarget, targetName } from '../ssh/ssh-target.ts';
import { collectorPath } from './collector-path.ts';
import type { Job } from './job-list.ts';
import { sshSession } from './ssh-session.ts';

/** What reading over SSH needs of the program that asks. */
export interface Shipped {
  /** The folder `assets`. */
  readonly assetsDir: string;
  /** Whether ssh may ask on a terminal for the passphrase of a key. */
  readonly isInteractive: boolean;
}

/** What a host sent. */
export interface RemoteSnapshot {
  readonly name: string;
  readonly archive: Uint8Array;
  /** The connection that it came over, as the host sees it. */
  readonly session: RemoteSession | undefined;
  /** Why it was not read as root; `undefined` where it was. */
  readonly withoutRoot: string | undefined;
}

type Collected = Result<RemoteSnapshot, Failure<FailureCode>>;

/**
 * Collects from a host over SSH, with root's rights where the account has them.
 *
 * @param name - `ssh://[user@]host[:port]`.
 */
export async function collectRemote(name: string, shipped: Shipped, job: Job): Promise<Collected> {
  const target = parseSshTarget(name);
  if (!target.ok) return asFailure(target.error);
  job.progress(`Connecting to ${targetName(target.value)}`, 0);
  const { signal } = job;
  const { isInteractive } = shipped;
  const connection = await SshConnection.open(target.value, { signal, isInteractive });
  if (!connection.ok) return asFailure(connection.error);
  try {
    return await collectConnected(connection.value, shipped, job);
  } finally {
    await connection.value.close();
  }
}

async function collectConnected(
  connection: SshConnection,
  { assetsDir }: Shipped,
  job: Job,
): Promise<Collected> {
  const name = targetName(connection.target);
  const rights = await findRights(connection, job.signal);
  if (!rights.ok) return asFailure(rights.error);
  const found = await findSession(connection, job.signal);
  if (!found.ok) return asFailure(found.error);
  const script = await readFile(collectorPath(assetsDir), 'utf8');
  const archive = await collectOverSsh(connection, rights.value, script, {
    signal: job.signal,
    progress: (bytes) => job.progress(`Collecting on ${name}`, bytes),
  });
  if (!archive.ok) return asFailure(archive.error);
  const session = sshSession(found.value.variable, found.value.interfaces);
  const withoutRoot = rights.value.kind === 'user' ? rights.value.reason : undefined;
  return ok({ name, archive: archive.value, session, withoutRoot });
}

function asFailure({ code, message }: SshFailure): Err<Failure<FailureCode>> {
  if (code === 'cancelled') return failure('cancelled', message);
  return failure(code === 'no-ssh' ? 'not-available' : 'cannot-open', message);
}
