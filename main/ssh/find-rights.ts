import { ok, type Result } from '../../shared/result.ts';
import type { SshConnection } from './ssh-connection.ts';
import { lastWords } from './ssh-failure.ts';
import type { SshFailure } from './ssh-failure-code.ts';

/** How commands run on a host. */
export type Rights =
  | { readonly kind: 'root' }
  /** By `sudo`, which asks nothing there. */
  | { readonly kind: 'sudo' }
  /** @property reason - Why not as root. */
  | { readonly kind: 'user'; readonly reason: string };

const LIMIT_MS = 30_000;

/** Asks a host who we are there, and whether `sudo` lets us be root without a password. */
export async function findRights(
  connection: SshConnection,
  signal: AbortSignal,
): Promise<Result<Rights, SshFailure>> {
  let id = '';
  const asked = await connection.run({
    words: 'id -u',
    input: '',
    signal,
    limitMs: LIMIT_MS,
    onData: (chunk) => (id = (id + chunk.toString()).slice(0, 20)),
  });
  if (!asked.ok) return asked;
  return id.trim() === '0' ? ok({ kind: 'root' }) : askSudo(connection, signal);
}

async function askSudo(
  connection: SshConnection,
  signal: AbortSignal,
): Promise<Result<Rights, SshFailure>> {
  const asked = await connection.run({
    words: `${SUDO} -c :`,
    input: '',
    signal,
    limitMs: LIMIT_MS,
    onData: () => undefined,
  });
  if (asked.ok && asked.value.status === 0) return ok({ kind: 'sudo' });
  if (asked.ok) {
    return ok({ kind: 'user', reason: lastWords(asked.value.complaint) || 'sudo refused' });
  }
  if (asked.error.code !== 'no-command') return asked;
  return ok({ kind: 'user', reason: 'sudo is not installed there' });
}

const SUDO = 'sudo -n sh';

/** The words that start a shell which reads its script from standard input. */
export function shellWords(rights: Rights, args: readonly string[]): string {
  const shell = rights.kind === 'sudo' ? SUDO : 'sh';
  return [shell, '-s', '--', ...args].join(' ');
}

/**
 * A script that runs as a whole or not at all: a shell that reads it from a connection which drops
 * half-way meets the end of its input inside the braces.
 */
export function wholeScript(text: string): string {
  return `{\n${text}\n}\n`;
}
