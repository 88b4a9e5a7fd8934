import { ok, type Result } from '../../shared/result.ts';
import { wholeScript } from './find-rights.ts';
import type { SshConnection } from './ssh-connection.ts';
import type { SshFailure } from './ssh-failure-code.ts';

/** What a host knows of the connection that it is read over. */
export interface HostSession {
  /** Its `SSH_CONNECTION`; see the environment in ssh(1). */
  readonly variable: string | undefined;
  /** Addresses of its interfaces; empty where it has no `ip`. */
  readonly interfaces: Readonly<Record<string, readonly { readonly address: string }[]>>;
}

const SCRIPT = wholeScript('echo "$SSH_CONNECTION"\nip -o addr 2>/dev/null || :');
const MAX_CHARACTERS = 256 * 1024;

/** Asks a host which of its interfaces we are connected by: who takes that one away loses it. */
export async function findSession(
  connection: SshConnection,
  signal: AbortSignal,
): Promise<Result<HostSession, SshFailure>> {
  let said = '';
  const asked = await connection.run({
    words: 'sh -s',
    input: SCRIPT,
    signal,
    limitMs: 30_000,
    onData: (chunk) => (said = (said + chunk.toString()).slice(0, MAX_CHARACTERS)),
  });
  return asked.ok ? ok(parseSession(said)) : asked;
}

/** First the variable, then lines such as `2: eth0    inet 192.0.2.7/24 brd …`. */
function parseSession(said: string): HostSession {
  const [variable = '', ...lines] = said.split('\n');
  const interfaces: Record<string, { address: string }[]> = {};
  for (const line of lines) {
    const [, name, address] =
      /^\d+: ([\w.@:-]{1,40}?)(?:@\w*)? +inet6? ([0-9a-f.:]+)/.exec(line) ?? [];
    if (name !== undefined && address !== undefined) (interfaces[name] ??= []).push({ address });
  }
  return { variable: variable === '' ? undefined : variable, interfaces };
}
