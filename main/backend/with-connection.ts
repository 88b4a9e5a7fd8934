import type { FailureCode } from '../../shared/contract.ts';
import { failure, type Failure, type Result } from '../../shared/result.ts';
import { SshConnection, type OpenOptions } from '../ssh/ssh-connection.ts';
import type { SshFailure } from '../ssh/ssh-failure-code.ts';
import { parseSshTarget } from '../ssh/ssh-target.ts';

/**
 * Connects to a host, does something there, and takes the connection down.
 *
 * @param name - `ssh://[user@]host[:port]`.
 */
export async function withConnection<Value>(
  name: string,
  options: OpenOptions,
  use: (connection: SshConnection) => Promise<Result<Value, SshFailure>>,
): Promise<Result<Value, Failure<FailureCode>>> {
  const target = parseSshTarget(name);
  if (!target.ok) return asFailure(target.error);
  const connection = await SshConnection.open(target.value, options);
  if (!connection.ok) return asFailure(connection.error);
  try {
    const done = await use(connection.value);
    return done.ok ? done : asFailure(done.error);
  } finally {
    await connection.value.close();
  }
}

function asFailure({ code, message }: SshFailure) {
  if (code === 'cancelled') return failure('cancelled' as const, message);
  return failure(
    code === 'no-ssh' ? ('not-available' as const) : ('cannot-open' as const),
    message,
  );
}
