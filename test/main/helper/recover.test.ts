import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  BIND_CARD,
  BOUND,
  FREE,
  graphicsCard,
} from '../../support/simulated-host/graphics-card.ts';
import { openHost, outcome, putPlan } from '../../support/simulated-host/open-host.ts';
import { collect, Sandbox, SHELLS, type ShellName } from '../../support/simulated-host/sandbox.ts';
import type { SimulatedKernel } from '../../support/simulated-host/simulated-kernel.ts';

vi.setConfig({ testTimeout: 600_000 });

describe.each(SHELLS)('airlock-helper killed under %s', (shell) => {
  it('after each line that it says: recover gives every driver back', async () => {
    // 12 lines of a whole apply, 6 of an undo.
    expect(await killEverywhere(shell, 'apply', 12, killAfterLine)).toEqual(ALL_BACK(12));
    expect(await killEverywhere(shell, 'undo', 6, killAfterLine)).toEqual(ALL_BACK(6));
  });

  it('before each write that reaches the kernel: recover gives every driver back', async () => {
    expect(await killEverywhere(shell, 'apply', 6, killBeforeWrite)).toEqual(ALL_BACK(6));
    expect(await killEverywhere(shell, 'undo', 6, killBeforeWrite)).toEqual(ALL_BACK(6));
  });

  it('at random system calls of its own: recover gives every driver back', async () => {
    // Its whole apply makes some 3000, and has the lock after 500; the seed makes a failure repeatable.
    const points = sequence(20_261_122, 24, { from: 500, to: 2900 });
    const kills = await Promise.all([
      killAtCalls(
        shell,
        points.filter((_, index) => index % 2 === 0),
      ),
      killAtCalls(
        shell,
        points.filter((_, index) => index % 2 === 1),
      ),
    ]);
    expect(kills.flat().filter((left) => left !== 'free')).toEqual([]);
  });
});

it('refuses a new plan until recover has finished the last one', async () => {
  const { kernel, sandbox } = await openHost('dash');
  const plan = putPlan(sandbox, BIND_CARD);
  await killAfterLine(sandbox, kernel, ['apply', plan], 8);
  const refused = await sandbox.helper('apply', plan);
  expect([refused.status, refused.stdout]).toEqual([3, expect.stringContaining('unfinished')]);
  expect((await sandbox.helper('status')).stdout).toContain(' applying');
  expect(outcome(await sandbox.helper('recover'))).toBe('0 result undone');
  expect(outcome(await sandbox.helper('apply', plan))).toBe('0 result applied');
});

it('recovers from a power cut: what was set at run time is gone, half a line in the journal is nothing', async () => {
  const { kernel, sandbox } = await openHost('dash');
  await killAfterLine(sandbox, kernel, ['apply', putPlan(sandbox, BIND_CARD)], 8);
  kernel.reboot();
  const journal = '/var/lib/airlock/receipts/000001-a1b2c3d4e5f60718/journal';
  sandbox.write(journal, `${readFileSync(join(sandbox.root, journal), 'utf8')}begin 5 via`);
  const writes = kernel.writes.length;
  expect(outcome(await sandbox.helper('recover'))).toBe('0 result undone');
  expect(kernel.writes.length).toBe(writes);
});

it('ends a receipt whose bindings ended with their boot', async () => {
  const { kernel, sandbox } = await openHost('dash');
  await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
  kernel.reboot();
  const writes = kernel.writes.length;
  expect(outcome(await sandbox.helper('recover'))).toBe('0 result undone');
  expect(kernel.writes.length).toBe(writes);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s rolls back and says so', async (signal) => {
  const { kernel, sandbox } = await openHost('dash');
  const child = sandbox.startHelper(['apply', putPlan(sandbox, BIND_CARD)]);
  kernel.onWrite = ({ path }) => path === 'nvidia/unbind' && child.kill(signal);
  const result = await collect(child);
  expect(outcome(result)).toBe('4 result undone');
  expect(result.stdout).toContain('problem interrupted');
  expect(kernel.bindings).toEqual(FREE);
});

it('rolls back when nobody listens any more', async () => {
  const { kernel, sandbox } = await openHost('dash');
  const child = sandbox.startHelper(['apply', putPlan(sandbox, BIND_CARD)]);
  kernel.onWrite = ({ path }) => path === 'nvidia/unbind' && child.stdout?.destroy();
  expect((await collect(child)).status).toBe(4);
  expect(kernel.bindings).toEqual(FREE);
});

// --- killing ---------------------------------------------------------------------------------

type Kill = (
  sandbox: Sandbox,
  kernel: SimulatedKernel,
  args: readonly string[],
  point: number,
) => Promise<void>;

const ALL_BACK = (count: number) => Array.from({ length: count }, () => 'free');

/** Kills a fresh run of a verb at each of the points and says what recover left. */
async function killEverywhere(
  shell: ShellName,
  verb: 'apply' | 'undo',
  points: number,
  kill: Kill,
): Promise<readonly string[]> {
  const kernel = graphicsCard();
  const sandbox = await Sandbox.open(kernel, shell);
  const plan = putPlan(sandbox, BIND_CARD);
  const left: string[] = [];
  for (let point = 1; point <= points; point += 1) {
    if (verb === 'undo') await sandbox.helper('apply', plan);
    const receipt = (await sandbox.helper('status')).stdout.trimEnd().split('\n');
    const newest = receipt.findLast((line) => line.startsWith('receipt '))?.split(' ')[1] ?? '';
    await kill(sandbox, kernel, verb === 'undo' ? ['undo', newest] : ['apply', plan], point);
    left.push(await recovered(sandbox, kernel));
  }
  await sandbox.close();
  return left;
}

/** `free` when recover leaves no receipt unfinished and each driver where it was. */
async function recovered(sandbox: Sandbox, kernel: SimulatedKernel): Promise<string> {
  kernel.onWrite = () => undefined;
  const result = await sandbox.helper('recover');
  // A plan that was whole when the kill came is applied: that is no loss, and undo gives it back.
  const status = await sandbox.helper('status');
  for (const [, id] of status.stdout.matchAll(/^receipt (\S+) applied$/gm)) {
    if (JSON.stringify(kernel.bindings) !== JSON.stringify(BOUND)) return 'applied but not bound';
    await sandbox.helper('undo', id ?? '');
  }
  const after = await sandbox.helper('status');
  const unfinished = /^receipt \S+ (?!undone)/m.exec(after.stdout)?.[0];
  const isFree = JSON.stringify(kernel.bindings) === JSON.stringify(FREE);
  if (result.status === 0 && unfinished === undefined && isFree) return 'free';
  return `${outcome(result)}; ${unfinished}; ${JSON.stringify(kernel.bindings)}`;
}

async function killAfterLine(
  sandbox: Sandbox,
  _kernel: SimulatedKernel,
  args: readonly string[],
  point: number,
): Promise<void> {
  const child = sandbox.startHelper(args);
  let lines = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1;
    if (lines >= point) child.kill('SIGKILL');
  });
  await collect(child);
}

async function killBeforeWrite(
  sandbox: Sandbox,
  kernel: SimulatedKernel,
  args: readonly string[],
  point: number,
): Promise<void> {
  const child = sandbox.startHelper(args);
  let writes = 0;
  kernel.onWrite = () => {
    writes += 1;
    if (writes === point) child.kill('SIGKILL');
  };
  await collect(child);
}

/** strace ends the shell itself, not what it started, when it makes its n-th system call. */
async function killAtCalls(
  shell: ShellName,
  points: readonly number[],
): Promise<readonly string[]> {
  const kernel = graphicsCard();
  const sandbox = await Sandbox.open(kernel, shell);
  const plan = putPlan(sandbox, BIND_CARD);
  const left: string[] = [];
  for (const point of points) {
    const inject = ['-qq', '-o', '/dev/null', '-e', `inject=all:signal=KILL:when=${point}`];
    const child: ChildProcess = sandbox.startHelper(['apply', plan], ['strace', ...inject]);
    await collect(child);
    left.push(await recovered(sandbox, kernel));
  }
  await sandbox.close();
  return left;
}

/** Numbers of a range, the same ones for the same seed. */
function sequence(
  seed: number,
  count: number,
  range: { readonly from: number; readonly to: number },
): readonly number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return range.from + (state % (range.to - range.from));
  });
}
