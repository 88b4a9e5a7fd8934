import type { RunningServer } from './server.ts';

/**
 * Waits until the person or the system ends the program (Ctrl-C, or SIGTERM), then closes the
 * server.
 *
 * A second signal meets no handler any more and ends the program at once.
 */
export async function closeOnSignal(server: RunningServer): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
  await server.close();
}
