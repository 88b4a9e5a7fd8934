import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphicsCard } from '../support/simulated-host/graphics-card.ts';
import { Sandbox } from '../support/simulated-host/sandbox.ts';
import type { SimulatedKernel } from '../support/simulated-host/simulated-kernel.ts';
import { builtFile, ROOT } from './built-app.ts';
import { printedAddress } from './serve-process.ts';

/** Where the application lies inside, read only. */
const INSIDE = '/opt/airlock';

/** `airlock serve` as root on a simulated host: what it reads and binds is the simulator's. */
export interface SimulatedServe {
  readonly kernel: SimulatedKernel;
  readonly sandbox: Sandbox;
  /** The address that it printed, token included. */
  readonly url: string;
  /** Ends `airlock serve` as a person does; its exit status. */
  interrupt(): Promise<number | null>;
  close(): Promise<void>;
}

/** Starts the built application on the host with the graphics card. */
export async function serveInside(): Promise<SimulatedServe> {
  const kernel = graphicsCard();
  const sandbox = await Sandbox.open(kernel, 'dash');
  try {
    sandbox.show(join(builtFile('cli/airlock.js'), '../..'), `${INSIDE}/out`);
    sandbox.show(join(ROOT, 'assets'), `${INSIDE}/assets`);
    sandbox.show(join(ROOT, 'node_modules'), `${INSIDE}/node_modules`);
    sandbox.write(`${INSIDE}/package.json`, readFileSync(join(ROOT, 'package.json'), 'utf8'));
    sandbox.write('/etc/machine-id', '0123456789abcdef0123456789abcdef\n');
    const program = [`${INSIDE}/node_modules/node/bin/node`, `${INSIDE}/out/cli/airlock.js`];
    const env = ['/usr/bin/env', 'HOME=/root'];
    const child = sandbox.start([...env, ...program, 'serve', '--port', '0']);
    const url = await printedAddress(child);
    return {
      kernel,
      sandbox,
      url,
      interrupt: () => interrupted(child),
      close: async () => {
        for (const bdf of kernel.functions.keys()) kernel.release(bdf);
        await sandbox.close();
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

async function interrupted(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const [status] = (await ended) as [number | null];
  return status;
}

/** Names of the receipts on the simulated host, in order. */
export function receiptsOf({ sandbox }: SimulatedServe): readonly string[] {
  return readdirSync(join(sandbox.root, 'var/lib/airlock/receipts')).sort();
}
