import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { formatSteps } from '../../../main/binding/plan/format-steps.ts';
import type { Step } from '../../../main/binding/plan/step.ts';
import type { HelperErrand } from '../../../main/ssh/helper-script.ts';
import { runHelperOverSsh } from '../../../main/ssh/run-helper-over-ssh.ts';
import { SshConnection } from '../../../main/ssh/ssh-connection.ts';
import {
  AUDIO,
  BIND_CARD,
  BOUND,
  FREE,
  GPU,
  GPU_CARD,
} from '../../support/simulated-host/graphics-card.ts';
import { PLAN_ID, RECEIPT } from '../../support/simulated-host/open-host.ts';
import type { ShellName } from '../../support/simulated-host/sandbox.ts';
import { endProcess } from '../../support/ssh-host/processes.ts';
import { openRemoteSandbox } from '../../support/ssh-host/remote-sandbox.ts';
import { SshHost, USER } from '../../support/ssh-host/ssh-host.ts';

vi.setConfig({ testTimeout: 120_000 });

const HELPER_FOLDER = join(import.meta.dirname, '../../../assets/helper');
const NEVER = new AbortController().signal;
const STEPS = stepsText(BIND_CARD);
const AT_BOOT: readonly Step[] = [
  { kind: 'timer', when: 'boot', minutes: 10 },
  { kind: 'install', name: 'revert-service', before: undefined },
  { kind: 'install', name: 'revert-want', before: undefined },
  { kind: 'function', card: GPU_CARD, to: 'vfio-pci' },
  { kind: 'list', before: undefined },
];

describe.each(['BusyBox ash', 'dash'] as const)('a plan over SSH, on a host with %s', (shell) => {
  it('is checked, applied, kept in a receipt and undone', async () => {
    const { kernel, run, leftovers } = await openRemote(shell);
    expect(await run({ verb: 'check', steps: STEPS })).toMatchObject({
      status: 0,
      lines: ['result ready'],
    });
    const applied = await run({ verb: 'apply', steps: STEPS });
    expect(applied.lines[0]).toBe(`receipt ${RECEIPT}`);
    expect(applied.lines.at(-1)).toBe('result applied');
    expect(kernel.bindings).toEqual(BOUND);
    expect((await run({ verb: 'status' })).lines).toContain(`receipt ${RECEIPT} applied`);
    expect(await run({ verb: 'confirm', receipt: RECEIPT })).toMatchObject({ status: 0 });
    expect(await run({ verb: 'undo', receipt: RECEIPT })).toMatchObject({ status: 0 });
    expect(kernel.bindings).toEqual(FREE);
    expect(leftovers()).toEqual([]);
  });

  it('goes on to its end when the connection drops in the middle', async () => {
    const { kernel, host, run } = await openRemote(shell);
    kernel.onWrite = ({ path }) => path === 'nvidia/unbind' && host.drop();
    const applied = await run({ verb: 'apply', steps: STEPS });
    expect(applied.failure).toMatch(/was lost.* it finishes, or gives everything back/);
    await vi.waitFor(() => expect(kernel.bindings).toEqual(BOUND), 30_000);
    await vi.waitFor(
      async () =>
        expect((await run({ verb: 'status' })).lines).toContain(`receipt ${RECEIPT} applied`),
      { timeout: 30_000, interval: 200 },
    );
    expect(await run({ verb: 'undo', receipt: RECEIPT })).toMatchObject({ status: 0 });
    expect(kernel.bindings).toEqual(FREE);
  });

  it('is given back without a listener when a step fails after the drop', async () => {
    const { kernel, host, run } = await openRemote(shell);
    const audio = kernel.functions.get(AUDIO);
    if (audio !== undefined) audio.faults.refusedBy = ['vfio-pci'];
    kernel.onWrite = ({ path }) => path === 'nvidia/unbind' && host.drop();
    expect((await run({ verb: 'apply', steps: STEPS })).failure).toMatch(/was lost/);
    await vi.waitFor(
      async () => expect((await run({ verb: 'status' })).lines.join()).toMatch(/ undone$/),
      { timeout: 30_000, interval: 200 },
    );
    expect(kernel.bindings).toEqual(FREE);
  });

  it('is given back when the user cancels', async () => {
    const { kernel, run } = await openRemote(shell);
    const gpu = kernel.functions.get(GPU);
    if (gpu !== undefined) gpu.faults.unbindBlocks = true;
    const commands = vi.spyOn(SshConnection.prototype, 'run');
    const controller = new AbortController();
    kernel.onWrite = ({ path }) => {
      if (path !== 'nvidia/unbind') return;
      controller.abort();
      // The command that is started by that tells the helper.
      setImmediate(() => {
        const told = commands.mock.results.at(-1)?.value as Promise<unknown>;
        void told.then(() => kernel.release(GPU));
      });
    };
    const applied = await run({ verb: 'apply', steps: STEPS }, controller.signal);
    expect(applied).toMatchObject({ status: 4 });
    expect(applied.lines.at(-1)).toBe('result undone');
    expect(kernel.bindings).toEqual(FREE);
  });

  it('is recovered over a new connection after the helper was killed', async () => {
    const { kernel, sandbox, run } = await openRemote(shell);
    kernel.onWrite = ({ path }) => {
      if (path === 'nvidia/unbind') for (const pid of helpersIn(sandbox.root)) endProcess(pid);
    };
    expect((await run({ verb: 'apply', steps: STEPS })).status).toBe(137);
    kernel.onWrite = () => undefined;
    expect((await run({ verb: 'recover' })).lines.at(-1)).toBe('result undone');
    expect(kernel.bindings).toEqual(FREE);
  });

  it('that is hostile is a text and nothing else', async () => {
    const { run, sandbox } = await openRemote(shell);
    for (const steps of [
      '%end%\ntouch /owned\n',
      '$(touch /owned)\n',
      'no end',
      `x\n`.repeat(40_000),
    ]) {
      expect((await run({ verb: 'apply', steps })).failure).toMatch(/^Cannot run the helper/);
    }
    const receipt = '000001-a1b2c3d4e5f60718; touch /owned';
    expect((await run({ verb: 'undo', receipt })).failure).toMatch(/no receipt has such a name/);
    expect(await run({ verb: 'apply', steps: 'end\ntouch /owned\n' })).toMatchObject({ status: 2 });
    expect(existsSync(join(sandbox.root, 'owned'))).toBe(false);
  });
});

it('a connection may drop at any write: the plan is applied, and can be undone', async () => {
  const { kernel, host, run } = await openRemote('dash');
  for (let drops = 0, isOver = false; !isOver; drops += 1) {
    let writes = 0;
    kernel.onWrite = () => {
      writes += 1;
      if (writes === drops + 1) host.drop();
    };
    const { failure } = await run({ verb: 'apply', steps: STEPS });
    isOver = failure === undefined;
    await vi.waitFor(() => expect(kernel.bindings).toEqual(BOUND), 30_000);
    kernel.onWrite = () => undefined;
    const receipt = `${String(drops + 1).padStart(6, '0')}-${PLAN_ID}`;
    await vi.waitFor(async () => expect((await run({ verb: 'undo', receipt })).status).toBe(0), {
      timeout: 30_000,
      interval: 200,
    });
    expect(kernel.bindings).toEqual(FREE);
    if (isOver) expect(drops).toBeGreaterThanOrEqual(6);
  }
});

it('the helper of a dropped connection takes its folder away by itself', async () => {
  const { kernel, host, run, leftovers } = await openRemote('BusyBox ash');
  kernel.onWrite = ({ path }) => path === 'nvidia/unbind' && host.drop();
  await run({ verb: 'apply', steps: STEPS });
  expect(leftovers()).toEqual([expect.stringMatching(/^airlock-ssh\./)]);
  await vi.waitFor(() => expect(leftovers()).toEqual([]), { timeout: 90_000, interval: 500 });
});

it('a boot change finds the constant files beside the helper', async () => {
  const { sandbox, host, leftovers } = await openRemoteSandbox('BusyBox ash', 'disk');
  mkdirSync(join(sandbox.root, 'etc/systemd/system'), { recursive: true });
  const run = runnerFor(host, 'root');
  const applied = await run({ verb: 'apply', steps: stepsText(AT_BOOT) });
  expect(applied.lines.at(-1)).toBe('result applied');
  const installed = join(sandbox.root, 'etc/systemd/system/airlock-revert.service');
  expect(readFileSync(installed)).toEqual(readFileSync(join(HELPER_FOLDER, 'boot/revert-service')));
  expect(await run({ verb: 'undo', receipt: RECEIPT })).toMatchObject({ status: 0 });
  expect(existsSync(installed)).toBe(false);
  expect(leftovers()).toEqual([]);
});

describe('an account without root', () => {
  it('gets the status, and is told why it gets no more', async () => {
    const host = await SshHost.start({ sudoers: `${USER} ALL=(ALL) ALL` });
    const run = runnerFor(host, USER);
    expect(await run({ verb: 'status' })).toMatchObject({ status: 0 });
    const refused = await run({ verb: 'recover' });
    expect(refused.failure).toMatch(/needs root on .*a password is required/);
    expect(existsSync(host.path('/var/lib/airlock'))).toBe(false);
  });

  it('works through a sudo that asks for no password', async () => {
    const host = await SshHost.start({ sudoers: `${USER} ALL=(ALL) NOPASSWD: ALL` });
    const steps = stepsText([{ kind: 'module', name: 'vfio-pci' }], 'other-kernel');
    const checked = await runnerFor(host, USER)({ verb: 'check', steps });
    expect(checked).toMatchObject({ status: 3 });
    expect(checked.lines.at(-1)).toBe('result refused');
  });
});

/** A simulated host with a graphics card, and a way to run the helper there. */
async function openRemote(shell: ShellName) {
  const remote = await openRemoteSandbox(shell);
  return { ...remote, run: runnerFor(remote.host, 'root') };
}

/** Runs the helper over a connection of its own each time. */
function runnerFor(host: SshHost, user: string) {
  return async (errand: HelperErrand, signal = NEVER) => {
    const options = { signal: NEVER, isInteractive: false };
    const connection = await SshConnection.open(host.target(user), options);
    if (!connection.ok) throw new Error(connection.error.message);
    const lines: string[] = [];
    const onLine = (line: string) => void lines.push(line);
    const run = { helperFolder: HELPER_FOLDER, errand, onLine, signal };
    const ended = await runHelperOverSsh(connection.value, run);
    await connection.value.close();
    return ended.ok
      ? { status: ended.value.status, lines }
      : { failure: ended.error.message, lines };
  };
}

function stepsText(steps: readonly Step[], kernelRelease?: string): string {
  const header = { planId: PLAN_ID, machine: undefined, bootId: undefined, kernelRelease };
  const text = formatSteps({ ...header, steps });
  if (!text.ok) throw new Error(text.error.message);
  return text.value;
}

function helpersIn(root: string): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => isHelper(pid, root));
}

function isHelper(pid: number, root: string): boolean {
  const [program, script] = commandLine(pid);
  return (
    program === 'sh' &&
    script !== undefined &&
    /^\/(run|tmp)\/airlock-ssh\.\w+\/airlock-helper$/.test(script) &&
    existsSync(`/proc/${pid}/root/${script}`) &&
    existsSync(join(root, script))
  );
}

function commandLine(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
