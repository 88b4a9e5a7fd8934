import { EventEmitter } from 'node:events';

/** Gives this process what Electron gives to a utility process, over the channel that Node has. */
class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    process.send?.(message, undefined, undefined, () => undefined);
  }
}

const parentPort = new ParentPort();
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
// Electron ends the processes that it started.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
Object.assign(process, { parentPort });
