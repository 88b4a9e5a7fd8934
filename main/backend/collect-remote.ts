import { readFile } from 'node:fs/promises';
import type { FailureCode } from '../../shared/contract.ts';
import type { RemoteSession } from '../../shared/network.ts';
import { ok, type Failure, type Result } from '../../shared/result.ts';
import { collectOverSsh } from '../ssh/collect-over-ssh.ts';
import { findRights } from '../ssh/find-rights.ts';
import { findSession } from '../ssh/find-session.ts';
import type { SshConnection } from '../ssh/ssh-connection.ts';
import type { SshFailure } from '../ssh/ssh-failure-code.ts';
import { targetName } from '../ssh/ssh-target.ts';
import { collectorPath } from './collector-path.ts';
import type { Job } from './job-list.ts';
import { sshSession } from './ssh-session.ts';
import { withConnection } from './with-connection.ts';

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
  const { signal } = job;
  job.progress(`Connecting to ${name}`, 0);
  return withConnection(name, { signal, isInteractive: shipped.isInteractive }, (connection) =>
    collectConnected(connection, shipped, job),
  );
}

async function collectConnected(
  connection: SshConnection,
  { assetsDir }: Shipped,
  job: Job,
): Promise<Result<RemoteSnapshot, SshFailure>> {
  const name = targetName(connection.target);
  const rights = await findRights(connection, job.signal);
  if (!rights.ok) return rights;
  const found = await findSession(connection, job.signal);
  if (!found.ok) return found;
  const script = await readFile(collectorPath(assetsDir), 'utf8');
  const archive = await collectOverSsh(connection, rights.value, script, {
    signal: job.signal,
    progress: (bytes) => job.progress(`Collecting on ${name}`, bytes),
  });
  if (!archive.ok) return archive;
  const session = sshSession(found.value.variable, found.value.interfaces);
  const withoutRoot = rights.value.kind === 'user' ? rights.value.reason : undefined;
  return ok({ name, archive: archive.value, session, withoutRoot });
}
