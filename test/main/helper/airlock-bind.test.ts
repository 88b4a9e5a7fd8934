import { describe, expect, it, vi } from 'vitest';
import { AUDIO, FREE, GPU } from '../../support/simulated-host/graphics-card.ts';
import { openHost } from '../../support/simulated-host/open-host.ts';
import { shellCommand, SHELLS, type ShellName } from '../../support/simulated-host/sandbox.ts';

vi.setConfig({ testTimeout: 60_000 });

const SCRIPT = '/usr/libexec/airlock/boot/airlock-bind';
const LIST = `${GPU} 10de:2204 1043:87d7 030000 4 vfio-pci\n${AUDIO} 10de:1aef 1043:87d7 040300 - vfio-pci\n`;

const VFIO = 'vfio-pci vfio-pci';
const EARLY = { ...FREE, [GPU]: 'none (null)', [AUDIO]: 'none (null)' };

const BOUND = { ...EARLY, [GPU]: VFIO, [AUDIO]: VFIO };

describe.each(SHELLS)('airlock-bind in an initramfs under %s', (shell) => {
  it('binds the listed functions before their own drivers see them', async () => {
    const { kernel, run } = await openInitramfs(shell);
    expect(await run()).toBe('0 ');
    expect(kernel.bindings).toEqual(BOUND);
  });

  it('takes a function from a driver that is built into the kernel', async () => {
    const { kernel, run } = await openInitramfs(shell);
    const audio = kernel.functions.get(AUDIO);
    if (audio) audio.driver = 'snd_hda_intel';
    await run();
    expect(kernel.bindings).toEqual(BOUND);
  });

  it.each([
    ['another card is at the address', (kernel: Kernel) => replaceCard(kernel)],
    ['the card is in another slot', (kernel: Kernel) => kernel.slots.set('4', '0000:05:00')],
  ])('leaves a function alone when %s, and binds the others', async (_name, change) => {
    const { kernel, run } = await openInitramfs(shell);
    change(kernel);
    expect(await run()).toBe('0 ');
    expect(kernel.bindings).toEqual({ ...EARLY, [AUDIO]: VFIO });
  });

  it('goes on when a function is gone or refuses', async () => {
    const { kernel, run } = await openInitramfs(shell);
    kernel.functions.delete(GPU);
    expect(await run()).toBe('0 ');
    expect(kernel.bindings[AUDIO]).toBe(VFIO);
  });

  it.each([
    ['leaves all alone with airlock.disable', 'quiet airlock.disable', EARLY],
    ['binds with a word that only begins so', 'airlock.disabled=no quiet', BOUND],
  ])('%s on the kernel line', async (_name, line, bindings) => {
    const { kernel, sandbox, run } = await openInitramfs(shell);
    sandbox.write('/cmdline', `${line}\n`);
    await sandbox.run(['/bin/mount', '-o', 'bind', '/cmdline', '/proc/cmdline']);
    expect(await run()).toBe('0 ');
    expect(kernel.bindings).toEqual(bindings);
  });

  it('answers what initramfs-tools asks of a script, and can be sourced as dracut does', async () => {
    const { kernel, sandbox, run } = await openInitramfs(shell);
    expect(await run('prereqs')).toBe('0 \n');
    expect(kernel.writes).toEqual([]);
    const sourced = [...shellCommand(shell), '-c', `. ${SCRIPT}; echo after`];
    expect((await sandbox.run(sourced)).stdout).toBe('after\n');
    expect(kernel.bindings[GPU]).toBe(VFIO);
  });
});

type Kernel = Awaited<ReturnType<typeof openHost>>['kernel'];

/** The host before udev: only what is built in has a driver. */
async function openInitramfs(shell: ShellName) {
  const { kernel, sandbox } = await openHost(shell);
  for (const bdf of [GPU, AUDIO]) {
    const device = kernel.functions.get(bdf);
    if (device) device.driver = undefined;
  }
  kernel.drivers.delete('vfio-pci');
  kernel.modules.clear();
  sandbox.write('/etc/airlock/bind.list', LIST);
  const run = async (...args: readonly string[]) => {
    const { status, stdout } = await sandbox.run([...shellCommand(shell), SCRIPT, ...args]);
    return `${status} ${stdout}`;
  };
  return { kernel, sandbox, run };
}

function replaceCard(kernel: Kernel): void {
  const gpu = kernel.functions.get(GPU);
  if (gpu) gpu.ids = '10de:2208';
}
