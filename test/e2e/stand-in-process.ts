import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ControlRequest } from '../support/electron-stand-in/control.ts';
import { builtFile, makeHome, ROOT } from './built-app.ts';

/** The built desktop application on the stand-in for Electron. */
export interface StandInProcess {
  readonly child: ChildProcess;
  readonly env: NodeJS.ProcessEnv;
  /** Exit status, once it has ended. */
  readonly ended: Promise<number | null>;
  /** What it has written to standard error so far. */
  errorText(): string;
  ask(request: ControlRequest): Promise<unknown>;
}

export function startStandIn(env: Readonly<Record<string, string>> = {}): StandInProcess {
  const home = makeHome();
  const register = path.join(ROOT, 'test/support/electron-stand-in/register.ts');
  const wholeEnv = { ...home.env, ...env };
  const child = spawn(process.execPath, ['--import', register, builtFile('main/index.js')], {
    cwd: ROOT,
    env: wholeEnv,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (part: Buffer) => (errors += part.toString()));
  const ended = once(child, 'exit').then(([status]) => status as number | null);
  void ended.then(() => home.remove());
  return { child, env: wholeEnv, ended, errorText: () => errors, ask: askChild(child, ended) };
}

function askChild(child: ChildProcess, ended: Promise<unknown>): StandInProcess['ask'] {
  const waiting = new Map<number, (value: unknown) => void>();
  let lastId = 0;
  child.on('message', ({ id, value }: { id: number; value: unknown }) => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  return async (request) => {
    const id = ++lastId;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    child.send({ id, request });
    const gone = ended.then(() => Promise.reject(new Error('The application has ended')));
    return Promise.race([answer, gone]);
  };
}
