import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  plant,
  collect,
  SHELLS,
  shellCommand,
  type ShellName,
} from '../../support/simulated-host/sandbox.ts';
import { AUDIO, BIND_CARD, BOUND, FREE, GPU } from '../../support/simulated-host/graphics-card.ts';
import { openHost, outcome, putPlan, RECEIPT } from '../../support/simulated-host/open-host.ts';
import { changeKeptSteps } from '../../../main/binding/boot/machine-start-part.ts';
import type { Step } from '../../../main/binding/plan/step.ts';

vi.setConfig({ testTimeout: 120_000 });

const HOOK = '/etc/libvirt/hooks/qemu.d/airlock';
const NAME = 'win11-gaming';
const NO_FILES = { files: {}, isComplete: true, isExact: true };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const SHOWN = ['vtcon1', 'efi-framebuffer.0'];

/** What `BIND_CARD` does at once, kept for the start of a machine. */
const KEPT: readonly Step[] = [
  ...BIND_CARD.map((step) => ({ kind: 'start', step }) as Step),
  { kind: 'install', name: 'libvirt-hook', before: undefined },
  { kind: 'hook', machine: NAME, before: undefined },
];

describe.each(SHELLS)('the hook of libvirt under %s', (shell) => {
  it('is installed with the steps of its machine, as planned, and undo takes both away', async () => {
    const { sandbox, kernel } = await openDesktop(shell);
    const steps = readFileSync(join(sandbox.root, 'plan/steps.txt'), 'utf8');
    const planned = changeKeptSteps({ facts: NO_FILES, options: { sha256 } }, NAME, steps);
    expect((await sandbox.helper('status')).stdout).toBe(`receipt ${RECEIPT} applied\n`);
    const kept = readFileSync(join(sandbox.root, `etc/airlock/${NAME}.vm`), 'utf8');
    expect(planned.ok && planned.value.after).toBe(kept);
    expect(kept.split('\n')).toEqual([
      'airlock-steps/1',
      expect.stringMatching(/^plan [0-9a-f]{16}$/),
      'machine any',
      'boot any',
      'kernel any',
      'module vfio-pci',
      `group ${GPU} 0000:00:01.0,${GPU},${AUDIO}`,
      `driver ${GPU} 10de:2204 1043:87d7 030000 4 nvidia none vfio-pci`,
      `driver ${AUDIO} 10de:1aef 1043:87d7 040300 - snd_hda_intel none vfio-pci`,
      `viable ${GPU}`,
      'end 5',
      '',
    ]);
    expect([kernel.writes, kernel.bindings]).toEqual([[], FREE]);
    expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('0 result undone');
    for (const path of [HOOK, `/etc/airlock/${NAME}.vm`]) {
      expect(existsSync(join(sandbox.root, path))).toBe(false);
    }
  });

  it('gives the card to its machine, and after it everything back to where it was', async () => {
    const { kernel, run, display } = await openDesktop(shell);
    expect(await run('prepare', 'begin')).toEqual(['', 0]);
    expect([kernel.bindings, kernel.display.shown, display()]).toEqual([BOUND, [], 'stopped']);
    expect(kernel.modules.has('nvidia_drm')).toBe(false);
    // libvirt calls the script for what lies between, too.
    expect(await run('start', 'begin')).toEqual(['', 0]);
    expect(await run('stopped', 'end')).toEqual(['', 0]);
    expect(kernel.bindings).toEqual(BOUND);
    expect(await run('release', 'end')).toEqual(['', 0]);
    expect([kernel.bindings, kernel.display.shown, display()]).toEqual([FREE, SHOWN, 'running']);
    expect(kernel.modules.has('nvidia_drm')).toBe(true);
    const after = kernel.writes.length;
    expect(await run('release', 'end')).toEqual(['', 0]);
    expect(kernel.writes.length).toBe(after);
  });

  it('starts no display manager that did not run', async () => {
    const { sandbox, kernel, run, display } = await openDesktop(shell);
    sandbox.write('/run/display', 'stopped');
    await run('prepare', 'begin');
    await run('release', 'end');
    expect([display(), kernel.bindings]).toEqual(['stopped', FREE]);
  });

  it.each([
    ['of another machine', ['win11', 'prepare', 'begin', '-']],
    ['of a name that is a path', ['../win11-gaming', 'prepare', 'begin', '-']],
    ['of no name', []],
    ['of a machine that is restored', [NAME, 'restore', 'begin', '-']],
  ])('leaves the host alone at events %s', async (_name, words) => {
    const { sandbox, kernel, display } = await openDesktop(shell);
    const { status, stdout, stderr } = await sandbox.run([...shellCommand(shell), HOOK, ...words]);
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    expect([kernel.writes, display()]).toEqual([[], 'running']);
    expect(existsSync(join(sandbox.root, 'run/airlock'))).toBe(false);
  });

  it.each(FAILURES)('refuses the start and gives all back when %s', async (_name, break_, says) => {
    const { kernel, run, display } = await openDesktop(shell);
    onTestFinished(() => kernel.display.release());
    break_(kernel);
    const [said, status] = await run('prepare', 'begin');
    expect([status, said]).toEqual([1, expect.stringContaining(says)]);
    expect([kernel.bindings, display()]).toEqual([FREE, 'running']);
    expect(kernel.display.shown.toSorted()).toEqual(SHOWN.toSorted());
    // Nothing is left that a next start would stumble over.
    kernel.display.refused.clear();
    kernel.display.release();
    for (const one of kernel.functions.values()) one.faults.refusedBy = [];
    expect([await run('prepare', 'begin'), kernel.bindings]).toEqual([['', 0], BOUND]);
  });

  it.each(['vtcon1/bind', 'efi-framebuffer/unbind', 'rmmod', 'nvidia/unbind', 'drivers_probe'])(
    'gives all back at the release when it was killed at %s',
    async (path) => {
      const { sandbox, kernel, run, display } = await openDesktop(shell);
      const child = sandbox.start([...shellCommand(shell), HOOK, NAME, 'prepare', 'begin', '-']);
      kernel.onWrite = (write) => write.path === path && child.kill('SIGKILL');
      await collect(child);
      await sandbox.killInside();
      kernel.onWrite = () => undefined;
      expect(await run('release', 'end')).toEqual(['', 0]);
      expect([kernel.bindings, kernel.display.shown, display()]).toEqual([FREE, SHOWN, 'running']);
    },
  );

  it('may be called twice before a start, and remembers what ran at first', async () => {
    const { kernel, run, display } = await openDesktop(shell);
    await run('prepare', 'begin');
    expect([await run('prepare', 'begin'), kernel.bindings]).toEqual([['', 0], BOUND]);
    await run('release', 'end');
    expect([kernel.bindings, kernel.display.shown, display()]).toEqual([FREE, SHOWN, 'running']);
  });

  it('leaves the card with VFIO while somebody has it open, says so, and can be called again', async () => {
    const { sandbox, kernel, run, display } = await openDesktop(shell);
    await run('prepare', 'begin');
    sandbox.write('/dev/vfio/7', '');
    const holder = sandbox.start(['/bin/sh', '-c', 'exec 5</dev/vfio/7; echo open; read -r end']);
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    const [said, status] = await run('release', 'end');
    expect([status, said]).toEqual([1, expect.stringContaining(`process ${holder.pid}`)]);
    expect(said).toContain(`try again: sh ${HOOK} ${NAME} release end`);
    expect([kernel.bindings, display()]).toEqual([BOUND, 'running']);
    holder.stdin?.end();
    await new Promise((resolve) => holder.once('exit', resolve));
    expect([await run('release', 'end'), kernel.bindings]).toEqual([['', 0], FREE]);
  });

  it('refuses a start when another card is at the address, and touches none', async () => {
    const { kernel, run } = await openDesktop(shell);
    const gpu = kernel.functions.get(GPU);
    if (gpu) gpu.ids = '10de:2208';
    const [said, status] = await run('prepare', 'begin');
    expect([status, said]).toEqual([1, expect.stringContaining('Another card is at')]);
    expect(kernel.bindings).toEqual(FREE);
  });
});

type Kernel = Awaited<ReturnType<typeof openHost>>['kernel'];

const FAILURES: readonly [string, (kernel: Kernel) => void, string][] = [
  [
    'the console does not let go',
    (kernel) => kernel.display.refused.add('vtcon1/bind'),
    'vtcon1/bind',
  ],
  [
    'the framebuffer of the firmware is not unbound',
    (kernel) => kernel.display.refused.add('efi-framebuffer/unbind'),
    'efi-framebuffer/unbind',
  ],
  [
    'unbinding that framebuffer never comes back',
    (kernel) => {
      kernel.display.stuck.add('efi-framebuffer/unbind');
      // The limit passes on the simulated clock.
      kernel.onWrite = ({ path }) => {
        if (path === 'efi-framebuffer/unbind') kernel.uptimeSeconds += 21;
      };
    },
    'did not come back',
  ],
  [
    'VFIO refuses a function',
    (kernel) => {
      const audio = kernel.functions.get(AUDIO);
      if (audio) audio.faults.refusedBy = ['vfio-pci'];
    },
    `Cannot bind ${AUDIO} to vfio-pci`,
  ],
];

/** A host that shows a desktop on its only card, with the hook installed. */
async function openDesktop(shell: ShellName) {
  const { kernel, sandbox } = await openHost(shell, 'disk');
  kernel.display.consoles.set('vtcon0', { name: '(S) dummy device', isBound: false });
  kernel.display.consoles.set('vtcon1', { name: '(M) frame buffer device', isBound: true });
  kernel.display.framebuffers.set('efi-framebuffer.0', 'efi-framebuffer');
  kernel.modules.add('nvidia_drm');
  sandbox.write('/run/display', 'running');
  plant(sandbox.root, 'systemctl', SYSTEMCTL);
  sandbox.write('/etc/libvirt/hooks/README', '');
  expect(outcome(await sandbox.helper('apply', putPlan(sandbox, KEPT)))).toBe('0 result applied');
  const run = async (operation: string, moment: string) => {
    const words = [...shellCommand(shell), HOOK, NAME, operation, moment, '-'];
    const { status, stderr } = await sandbox.run(words);
    return [stderr, status] as const;
  };
  const display = () => readFileSync(join(sandbox.root, 'run/display'), 'utf8').trim();
  return { kernel, sandbox, run, display };
}

/** Knows one unit, and whether it runs. */
const SYSTEMCTL = `case "$*" in
  'is-active --quiet display-manager.service') grep -q running /run/display ;;
  'stop display-manager.service') echo stopped >/run/display ;;
  'start display-manager.service') echo running >/run/display ;;
  *) exit 1 ;;
esac`;
