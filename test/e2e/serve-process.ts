import { test as base } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtFile, makeHome, ROOT } from './built-app.ts';

/** `airlock serve` as its own process, from the built command line. */
export interface ServeProcess {
  readonly child: ChildProcess;
  readonly env: NodeJS.ProcessEnv;
  /** The address that it printed, token included. */
  readonly url: string;
  /** Sends the signal and waits for the end; the exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export async function startServe(args: readonly string[] = []): Promise<ServeProcess> {
  const home = makeHome();
  const child = spawn(process.execPath, [builtFile('cli/airlock.js'), 'serve', ...args], {
    cwd: ROOT,
    env: home.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([status]) => status as number | null);
  void ended.then(() => home.remove());
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return { child, env: home.env, url: await printedAddress(child), stop };
}

/** The address that `airlock serve` prints when it is ready. */
export async function printedAddress(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (part: Buffer): void => {
      output += part.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+(?=\s)/.exec(output)?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`airlock serve ended:\n${output}`)));
  });
}

/** With `server`, a test has `airlock serve`, which ends with it. */
export const serveTest = base.extend<{ readonly server: ServeProcess }>({
  // Playwright reads the names of the fixtures that this one needs: none.
  server: async ({}, use) => {
    const server = await startServe();
    await use(server);
    await server.stop();
  },
});
