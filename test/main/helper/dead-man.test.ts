import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Step } from '../../../main/binding/plan/step.ts';
import {
  BIND_CARD,
  BOUND,
  FREE,
  GPU,
  GPU_CARD,
} from '../../support/simulated-host/graphics-card.ts';
import {
  openHost,
  outcome,
  problems,
  putPlan,
  RECEIPT,
} from '../../support/simulated-host/open-host.ts';
import { plant, SHELLS } from '../../support/simulated-host/sandbox.ts';

vi.setConfig({ testTimeout: 120_000 });

const TIMED: readonly Step[] = [{ kind: 'timer', when: 'run', minutes: 10 }, ...BIND_CARD];

const AT_BOOT: readonly Step[] = [
  { kind: 'timer', when: 'boot', minutes: 10 },
  { kind: 'install', name: 'revert-service', before: undefined },
  { kind: 'install', name: 'revert-want', before: undefined },
  { kind: 'function', card: GPU_CARD, to: 'vfio-pci' },
  { kind: 'list', before: undefined },
];

const UNIT_FILES = [
  'etc/systemd/system/airlock-revert.service',
  'etc/systemd/system/multi-user.target.d/airlock.conf',
];

describe.each(SHELLS)('the dead-man timer under %s', (shell) => {
  it('gives a run-time binding back when nobody confirms', async () => {
    const { kernel, sandbox } = await openHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, TIMED));
    expect(kernel.bindings).toEqual(BOUND);
    expect((await sandbox.helper('status')).stdout).toContain('seconds-left 600');
    kernel.uptimeSeconds += 601;
    await until(async () => (await sandbox.helper('status')).stdout.includes(' undone'));
    expect(kernel.bindings).toEqual(FREE);
  });

  it('leaves a confirmed binding alone', async () => {
    const { kernel, sandbox } = await openHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, TIMED));
    expect(outcome(await sandbox.helper('confirm', RECEIPT))).toBe('0 result confirmed');
    kernel.uptimeSeconds += 601;
    // The timer's process ends by itself.
    await until(async () => timers(sandbox) === 0);
    expect(kernel.bindings).toEqual(BOUND);
    expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('0 result undone');
  });

  it('rolls back a helper that was killed half-way, without anybody at the keyboard', async () => {
    const { kernel, sandbox } = await openHost(shell);
    const child = sandbox.startHelper(['apply', putPlan(sandbox, TIMED)]);
    kernel.onWrite = ({ path }) => path === 'nvidia/unbind' && child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    kernel.onWrite = () => undefined;
    kernel.uptimeSeconds += 601;
    await until(async () => (await sandbox.helper('status')).stdout.includes(' undone'));
    expect(kernel.bindings).toEqual(FREE);
  });

  it('is started again by recover when its process is gone', async () => {
    const { kernel, sandbox } = await openHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, TIMED));
    await sandbox.killInside();
    expect(timers(sandbox)).toBe(0);
    await sandbox.helper('recover');
    await until(async () => timers(sandbox) === 1);
    await sandbox.helper('recover');
    expect(timers(sandbox)).toBe(1);
    kernel.uptimeSeconds += 601;
    await until(async () => (await sandbox.helper('status')).stdout.includes(' undone'));
    expect(kernel.bindings).toEqual(FREE);
  });

  it('after a boot restores the files and reboots once unless somebody confirms', async () => {
    const { kernel, sandbox } = await openHost(shell, 'disk');
    mkdirSync(join(sandbox.root, 'etc/systemd/system'), { recursive: true });
    plant(sandbox.root, 'reboot', 'echo reboot >>/reboots');
    expect(outcome(await sandbox.helper('apply', putPlan(sandbox, AT_BOOT)))).toBe(
      '0 result applied',
    );
    // In the boot of the change itself the unit has nothing to wait for.
    await sandbox.helper('expire', 'boot');
    expect(existsSync(join(sandbox.root, 'reboots'))).toBe(false);
    kernel.reboot();
    const unit = sandbox.startHelper(['expire', 'boot']);
    const ended = new Promise((resolve) => unit.once('exit', resolve));
    await until(async () => (await sandbox.helper('status')).stdout.includes('seconds-left'));
    kernel.uptimeSeconds += 601;
    await ended;
    expect(readFileSync(join(sandbox.root, 'reboots'), 'utf8')).toBe('reboot\n');
    expect(existsSync(join(sandbox.root, 'etc/airlock/bind.list'))).toBe(false);
    kernel.reboot();
    await sandbox.helper('expire', 'boot');
    expect(readFileSync(join(sandbox.root, 'reboots'), 'utf8')).toBe('reboot\n');
  });

  it.each([
    ['while it built the image', 'vfio-pci', 'reboot\n'],
    ['and the image already was as before', 'nouveau', ''],
  ])('after a power cut %s finishes at the next boot', async (_name, driver, reboots) => {
    const { kernel, sandbox } = await openHost(shell, 'disk');
    for (const folder of ['systemd/system', 'initramfs-tools/hooks']) {
      mkdirSync(join(sandbox.root, 'etc', folder), { recursive: true });
    }
    plant(sandbox.root, 'reboot', 'echo reboot >>/reboots');
    plant(sandbox.root, 'update-initramfs', 'while [ -f /building ]; do sleep 1; done');
    const plan = [...AT_BOOT, { kind: 'rebuild', stack: 'initramfs-tools' }] as const;
    await sandbox.helper('apply', putPlan(sandbox, plan));
    sandbox.write('/reboots', '');
    sandbox.write('/building', '');
    kernel.reboot();
    sandbox.startHelper(['expire', 'boot']);
    await until(async () => (await sandbox.helper('status')).stdout.includes('seconds-left'));
    kernel.uptimeSeconds += 601;
    const there = (path: string) => existsSync(join(sandbox.root, path));
    await until(() => Promise.resolve(!there('etc/airlock/bind.list')));
    await sandbox.killInside();
    // What finishes it is still there.
    expect(UNIT_FILES.map(there)).toEqual([true, true]);
    rmSync(join(sandbox.root, 'building'));
    kernel.reboot();
    const gpu = kernel.functions.get(GPU);
    if (gpu !== undefined) gpu.driver = driver;
    await sandbox.helper('expire', 'boot');
    expect((await sandbox.helper('status')).stdout).toBe(`receipt ${RECEIPT} undone\n`);
    expect(UNIT_FILES.map(there)).toEqual([false, false]);
    expect(readFileSync(join(sandbox.root, 'reboots'), 'utf8')).toBe(reboots);
  });

  it('stays where the image cannot be built, and tries again at the next boot', async () => {
    const { kernel, sandbox } = await openHost(shell, 'disk');
    mkdirSync(join(sandbox.root, 'etc/systemd/system'), { recursive: true });
    plant(sandbox.root, 'reboot', 'echo reboot >>/reboots');
    plant(sandbox.root, 'update-initramfs', '[ ! -f /full ]');
    const plan = [...AT_BOOT, { kind: 'rebuild', stack: 'initramfs-tools' }] as const;
    await sandbox.helper('apply', putPlan(sandbox, plan));
    sandbox.write('/full', '');
    expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('6 result stuck');
    const there = (path: string) => existsSync(join(sandbox.root, path));
    expect(UNIT_FILES.map(there)).toEqual([true, true]);
    rmSync(join(sandbox.root, 'full'));
    kernel.reboot();
    await sandbox.helper('expire', 'boot');
    expect((await sandbox.helper('status')).stdout).toBe(`receipt ${RECEIPT} undone\n`);
    expect(UNIT_FILES.map(there)).toEqual([false, false]);
  });

  it('counts a confirmation before the boot for what was done at run time, no more', async () => {
    const { kernel, sandbox } = await openHost(shell, 'disk');
    mkdirSync(join(sandbox.root, 'etc/systemd/system'), { recursive: true });
    await sandbox.helper('apply', putPlan(sandbox, AT_BOOT));
    expect(problems(await sandbox.helper('confirm', RECEIPT))).toEqual([`not-booted ${RECEIPT}`]);
    await sandbox.helper('undo', RECEIPT);
    await sandbox.helper(
      'apply',
      putPlan(sandbox, [...TIMED.slice(0, 1), ...AT_BOOT, ...BIND_CARD]),
    );
    const second = RECEIPT.replace('1', '2');
    expect(outcome(await sandbox.helper('confirm', second))).toBe('0 result kept');
    await until(async () => timers(sandbox) === 0);
    expect(kernel.bindings).toEqual(BOUND);
    expect((await sandbox.helper('status', second)).stdout).toMatch(/kept\n(?!.*seconds-left)/s);
    kernel.reboot();
    sandbox.startHelper(['expire', 'boot']);
    // What was confirmed before the boot has its time after it, too.
    await until(async () =>
      (await sandbox.helper('status', second)).stdout.includes('seconds-left 600'),
    );
    expect(outcome(await sandbox.helper('confirm', second))).toBe('0 result confirmed');
  });

  it('after a boot leaves a confirmed change alone', async () => {
    const { kernel, sandbox } = await openHost(shell, 'disk');
    mkdirSync(join(sandbox.root, 'etc/systemd/system'), { recursive: true });
    plant(sandbox.root, 'reboot', 'echo reboot >>/reboots');
    await sandbox.helper('apply', putPlan(sandbox, AT_BOOT));
    kernel.reboot();
    const unit = sandbox.startHelper(['expire', 'boot']);
    const ended = new Promise((resolve) => unit.once('exit', resolve));
    await until(async () => (await sandbox.helper('status')).stdout.includes('seconds-left'));
    await sandbox.helper('confirm', RECEIPT);
    await ended;
    expect(existsSync(join(sandbox.root, 'reboots'))).toBe(false);
    expect(existsSync(join(sandbox.root, 'etc/airlock/bind.list'))).toBe(true);
  });
});

/** Asks until it is so; the test's own limit ends what never comes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setTimeout(100);
}

/** How many timers wait inside. */
function timers(sandbox: Awaited<ReturnType<typeof openHost>>['sandbox']): number {
  return sandbox.commandLines().filter((line) => line.includes(' expire ')).length;
}
