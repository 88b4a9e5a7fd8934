import { failure, type Err } from '../../shared/result.ts';
import type { SshFailure, SshFailureCode } from './ssh-failure-code.ts';
import { loginLine, targetName, type SshTarget } from './ssh-target.ts';

/** What ssh or the host wrote last, for a message: one line of plain characters. */
export function lastWords(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.replaceAll(/[^\x20-\x7e]/g, '?').trim());
  return (lines.findLast((line) => line !== '') ?? '').slice(0, 200);
}

type Sentence = (target: SshTarget, words: string) => string;

/**
 * What OpenSSH writes before it ends with status 255, most telling first.
 *
 * @see OpenSSH sshconnect.c `check_host_key()`, `ssh_connect_direct()`; misc.c `waitfd()`;
 *   sshconnect2.c `ssh_userauth2()`
 */
const ENDINGS: readonly (readonly [pattern: RegExp, code: SshFailureCode, text: Sentence])[] = [
  [
    /IDENTIFICATION HAS CHANGED|host key .*has changed|REVOKED HOST KEY/i,
    'changed-key',
    (target) =>
      `Stopped: ${targetName(target)} does not have the host key that is known for it. ` +
      'Either the host was installed anew, or another computer answers in its place. ' +
      'Ask its owner before the known key is removed (ssh-keygen -R)',
  ],
  [
    /host key is known for|Host key verification failed/i,
    'unknown-key',
    (target) =>
      `The host key of ${targetName(target)} is not known on this computer. ` +
      `Run this once in a terminal, and compare the fingerprint with the host's own: ${loginLine(target)}`,
  ],
  [
    /Could not resolve hostname/i,
    'no-address',
    (target) => `No address is known for ${targetName(target)}`,
  ],
  [
    /Connection refused/i,
    'refused',
    (target) => `${targetName(target)} refused the connection: no SSH server listens there`,
  ],
  [
    /No route to host|Network is unreachable/i,
    'no-route',
    (target) => `No route leads to ${targetName(target)}: is it switched on, in this network?`,
  ],
  [
    /timed out/i,
    'timeout',
    (target) => `${targetName(target)} did not answer in time: is it switched on?`,
  ],
  [
    /Permission denied|Too many authentication failures|No more authentication methods/i,
    'denied',
    (target, words) =>
      `${targetName(target)} does not let you in (${words}). Airlock handles no password: ` +
      `this line has to work by itself, with a key or an agent: ${loginLine(target)}`,
  ],
  [
    /Connection (closed|reset)|Broken pipe|not responding|kex_exchange/i,
    'lost',
    (target, words) => `The connection to ${targetName(target)} was lost (${words})`,
  ],
];

/** Explains why ssh ended by what it wrote to standard error. */
export function explainEnding(target: SshTarget, complaint: string): Err<SshFailure> {
  const words = lastWords(complaint);
  const [, code, sentence] = ENDINGS.find(([pattern]) => pattern.test(complaint)) ?? [];
  if (code === undefined || sentence === undefined) {
    return failure(
      'failed',
      `Cannot reach ${targetName(target)}: ${words || 'ssh gave no reason'}`,
    );
  }
  return failure(code, sentence(target, words));
}

/** The connection went away while something ran over it. */
export function lost(target: SshTarget, complaint: string): Err<SshFailure> {
  const words = lastWords(complaint);
  const reason = words === '' ? '' : ` (${words})`;
  return failure('lost', `The connection to ${targetName(target)} was lost${reason}`);
}
