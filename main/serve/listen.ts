import type { Server } from 'node:http';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';

export type ListenFailure = 'port-in-use' | 'port-not-allowed' | 'cannot-listen';

/** The only address that is listened on: whoever wants to reach it from elsewhere uses `ssh -L`. */
const LOOPBACK = '127.0.0.1';

/**
 * Starts to listen on the loopback address.
 *
 * @param server - A server that does not listen yet.
 * @param port - TCP port; 0 lets the system choose.
 * @returns Nothing, or one sentence on why the port cannot be had.
 */
export async function listen(
  server: Server,
  port: number,
): Promise<Result<undefined, Failure<ListenFailure>>> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => resolve(explain(port, error));
    server.once('error', onError);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', onError);
      resolve(ok(undefined));
    });
  });
}

function explain(
  port: number,
  error: NodeJS.ErrnoException,
): Result<never, Failure<ListenFailure>> {
  switch (error.code) {
    case 'EADDRINUSE':
      return failure('port-in-use', `Port ${port} is in use: choose another one with --port`);
    case 'EACCES':
      return failure(
        'port-not-allowed',
        `Port ${port} needs administrator rights: choose one above 1023`,
      );
    default:
      return failure('cannot-listen', `Cannot listen on ${LOOPBACK}:${port}: ${error.message}`);
  }
}
