import { fork } from 'node:child_process';
import type { FromBackend, ProcessLink } from './messages.ts';

/**
 * Starts a process under the same Node.
 *
 * @param file - The built `backend-process.js`.
 */
export function forkProcess(file: string): ProcessLink {
  const child = fork(file, [], {
    // Structured clone: dropped files and exported archives are bytes.
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  // A process that cannot be started or has gone is told by its end.
  child.on('error', () => undefined);
  return {
    send: (message) => {
      child.send(message, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', (message) => listener(message as FromBackend));
    },
    onEnd: (listener) => {
      child.once('exit', listener);
      child.once('error', listener);
    },
    kill: () => {
      child.disconnect();
      child.unref();
      child.kill('SIGKILL');
    },
  };
}
