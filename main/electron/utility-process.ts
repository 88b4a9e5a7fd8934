import { utilityProcess } from 'electron';
import type { FromBackend, ProcessLink } from '../backend/apart/messages.ts';

/**
 * Starts a process beside the application: Electron's own way, because its binary is fused not to
 * run as Node.
 *
 * @param file - The built `backend-process.js`.
 */
export function startUtilityProcess(file: string): ProcessLink {
  const child = utilityProcess.fork(file, [], { serviceName: 'Airlock backend' });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => {
      child.on('message', (message) => listener(message as FromBackend));
    },
    onEnd: (listener) => {
      child.once('exit', listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
