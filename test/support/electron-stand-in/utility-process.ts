import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';

const PARENT_PORT = new URL('./parent-port.ts', import.meta.url).href;

/** Stands in for a process that `utilityProcess.fork` starts: one of Node, with a `parentPort`. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(file: string, args: readonly string[]) {
    super();
    this.#child = fork(file, args, {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: ['--import', PARENT_PORT],
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('exit', (code) => this.emit('exit', code ?? 0));
  }

  postMessage(message: unknown): void {
    this.#child.send(message as object, () => undefined);
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

/** Stands in for `utilityProcess`. */
export const utilityProcess = {
  fork: (file: string, args: readonly string[] = []) => new UtilityProcess(file, args),
};
