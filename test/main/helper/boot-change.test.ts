import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Step } from '../../../main/binding/plan/step.ts';
import { AUDIO_CARD, GPU, GPU_CARD } from '../../support/simulated-host/graphics-card.ts';
import {
  openHost,
  outcome,
  problems,
  putPlan,
  RECEIPT,
} from '../../support/simulated-host/open-host.ts';
import { plant, SHELLS, type Sandbox } from '../../support/simulated-host/sandbox.ts';

vi.setConfig({ testTimeout: 120_000 });

const ASSETS = join(import.meta.dirname, '../../../assets/helper/boot');
const CMDLINE = 'root=/dev/sda1 ro quiet\n';
const LIST_FILE = 'etc/airlock/bind.list';
const HOOK = 'etc/initramfs-tools/hooks/airlock';
const SCRIPT = 'etc/initramfs-tools/scripts/init-top/00-airlock';
const GRUB = 'etc/default/grub.d/airlock.cfg';
const KERNEL_CMDLINE = 'etc/kernel/cmdline';

/** What status says after a boot that brought none of the arguments. */
const WORDS = ['intel_iommu=on', 'iommu=pt', 'vfio-pci.ids=10de:2204'];
const MISSING = WORDS.map((word) => `argument ${word} missing\n`).join('');

const BOOT_PLAN: readonly Step[] = [
  { kind: 'function', card: GPU_CARD, to: 'vfio-pci' },
  { kind: 'function', card: AUDIO_CARD, to: 'vfio-pci' },
  { kind: 'list', before: undefined },
  { kind: 'install', name: 'initramfs-tools-hook', before: undefined },
  { kind: 'install', name: 'initramfs-tools-bind', before: undefined },
  {
    kind: 'arguments',
    place: 'grub',
    before: undefined,
    arguments: ['intel_iommu=on', 'iommu=pt'],
  },
  {
    kind: 'arguments',
    place: 'kernel-cmdline',
    before: createHash('sha256').update(CMDLINE).digest('hex'),
    arguments: ['vfio-pci.ids=10de:2204'],
  },
  { kind: 'rebuild', stack: 'initramfs-tools' },
  { kind: 'rebuild', stack: 'grub' },
];

describe.each(SHELLS)('a boot change under %s', (shell) => {
  it('writes the list, the constant files and the arguments, then rebuilds; undo restores all', async () => {
    const { sandbox } = await openBootHost(shell);
    const plan = putPlan(sandbox, BOOT_PLAN);
    expect(outcome(await sandbox.helper('apply', plan))).toBe('0 result applied');
    expect(readFiles(sandbox)).toEqual({
      [LIST_FILE]: `${GPU} 10de:2204 1043:87d7 030000 4 vfio-pci\n0000:01:00.1 10de:1aef 1043:87d7 040300 - vfio-pci\n`,
      [HOOK]: readFileSync(join(ASSETS, 'initramfs-tools-hook'), 'utf8'),
      [SCRIPT]: readFileSync(join(ASSETS, 'airlock-bind'), 'utf8'),
      [GRUB]: 'GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT intel_iommu=on iommu=pt"\n',
      [KERNEL_CMDLINE]: 'root=/dev/sda1 ro quiet vfio-pci.ids=10de:2204\n',
    });
    const modes = [HOOK, SCRIPT, GRUB, KERNEL_CMDLINE].map((path) => modeOf(sandbox, path));
    expect(modes).toEqual(['755 0', '755 0', '644 0', '640 7']);
    expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('0 result undone');
    expect(readFiles(sandbox)).toEqual({ [KERNEL_CMDLINE]: CMDLINE });
    expect(modeOf(sandbox, KERNEL_CMDLINE)).toBe('640 7');
    // The folders that it made are gone, and those that were there are not.
    expect(existsSync(join(sandbox.root, 'etc/airlock'))).toBe(false);
    expect(existsSync(join(sandbox.root, 'etc/default'))).toBe(true);
    // Files first, then each image once more from what is there now.
    expect(readFileSync(join(sandbox.root, 'built'), 'utf8')).toBe(
      'initramfs 5\ngrub 5\ninitramfs 1\ngrub 1\n',
    );
  });

  it('gives everything back when the builder fails, and rebuilds from what was there', async () => {
    const { sandbox } = await openBootHost(shell);
    plant(
      sandbox.root,
      'grub-mkconfig',
      '[ -f /etc/default/grub.d/airlock.cfg ] && exit 1; exit 0',
    );
    const result = await sandbox.helper('apply', putPlan(sandbox, BOOT_PLAN));
    expect([outcome(result), problems(result)]).toEqual(['4 result undone', ['rebuild grub']]);
    expect(readFiles(sandbox)).toEqual({ [KERNEL_CMDLINE]: CMDLINE });
  });

  it('stops an undo when somebody edited a file since, shows the difference and changes nothing', async () => {
    const { sandbox } = await openBootHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, BOOT_PLAN));
    writeFileSync(join(sandbox.root, KERNEL_CMDLINE), 'root=/dev/sdb1\n');
    const before = readFiles(sandbox);
    const result = await sandbox.helper('undo', RECEIPT);
    expect([outcome(result), problems(result)]).toEqual([
      '5 result refused',
      [`edited /${KERNEL_CMDLINE}`],
    ]);
    expect(result.stdout).toContain('diff +root=/dev/sdb1');
    expect(readFiles(sandbox)).toEqual(before);
    expect((await sandbox.helper('status')).stdout).toContain(' applied');
  });

  it('is killed at any write and recovered', async () => {
    const { sandbox } = await openBootHost(shell);
    const plan = putPlan(sandbox, BOOT_PLAN);
    for (let line = 2; line <= 19; line += 3) {
      const child = sandbox.startHelper(['apply', plan]);
      let lines = 0;
      child.stdout?.on('data', (chunk: Buffer) => {
        lines += chunk.toString().split('\n').length - 1;
        if (lines >= line) child.kill('SIGKILL');
      });
      await new Promise((resolve) => child.once('exit', resolve));
      await sandbox.helper('recover');
      expect([line, readFiles(sandbox)]).toEqual([line, { [KERNEL_CMDLINE]: CMDLINE }]);
    }
  });
});

describe('a boot change is refused', () => {
  it.each([
    [
      'a file is there that the plan does not know',
      (sandbox: Sandbox) => sandbox.write(`/${GRUB}`, 'x\n'),
      `stale-file /${GRUB}`,
    ],
    [
      'a place is a link',
      (sandbox: Sandbox) => symlinkSync('/etc/passwd', join(sandbox.root, HOOK)),
      `untrusted /${HOOK}`,
    ],
    [
      'a folder on the way is a link',
      (sandbox: Sandbox) => {
        rmSync(join(sandbox.root, 'etc/initramfs-tools/hooks'), { recursive: true });
        symlinkSync('/tmp', join(sandbox.root, 'etc/initramfs-tools/hooks'));
      },
      'untrusted /etc/initramfs-tools/hooks',
    ],
    [
      'others can write a folder on the way',
      (sandbox: Sandbox) => chmodSync(join(sandbox.root, 'etc/default'), 0o777),
      'untrusted /etc/default/grub.d',
    ],
    [
      "a folder on the way is another user's",
      (sandbox: Sandbox) => chownSync(join(sandbox.root, 'etc/default'), 1000, 1000),
      'untrusted /etc/default/grub.d',
    ],
    [
      'the builder is not installed',
      (sandbox: Sandbox) => rmSync(join(sandbox.root, 'usr/sbin/update-initramfs')),
      'no-builder initramfs-tools',
    ],
    [
      'a constant file is not beside the helper',
      (sandbox: Sandbox) => rmSync(join(sandbox.root, 'usr/libexec/airlock/boot/airlock-bind')),
      'no-constant initramfs-tools-bind',
    ],
  ])('when %s', async (_name, change, expected) => {
    const { sandbox } = await openBootHost('dash');
    const plan = putPlan(sandbox, BOOT_PLAN);
    change(sandbox);
    const before = readFiles(sandbox);
    const result = await sandbox.helper('apply', plan);
    expect([outcome(result), problems(result)]).toEqual(['3 result refused', [expected]]);
    expect(readFiles(sandbox)).toEqual(before);
  });

  it('when the receipt would lie in memory', async () => {
    const { sandbox } = await openBootHost('dash', 'memory');
    const result = await sandbox.helper('apply', putPlan(sandbox, BOOT_PLAN.slice(0, 3)));
    expect([outcome(result), problems(result)]).toEqual([
      '3 result refused',
      ['no-lasting-state /var/lib/airlock'],
    ]);
  });
});

it('undoes two plans that wrote one file last first', async () => {
  const { sandbox } = await openBootHost('dash');
  const first = BOOT_PLAN.slice(0, 3);
  await sandbox.helper('apply', putPlan(sandbox, first));
  const list = readFileSync(join(sandbox.root, LIST_FILE));
  const before = createHash('sha256').update(list).digest('hex');
  const second: readonly Step[] = [
    { kind: 'function', card: GPU_CARD, to: 'vfio-pci' },
    { kind: 'list', before },
  ];
  await sandbox.helper('apply', putPlan(sandbox, second));
  const early = await sandbox.helper('undo', RECEIPT);
  expect([outcome(early), problems(early)]).toEqual([
    '5 result refused',
    ['later 000002-a1b2c3d4e5f60718'],
  ]);
  await sandbox.helper('undo', '000002-a1b2c3d4e5f60718');
  expect(readFileSync(join(sandbox.root, LIST_FILE))).toEqual(list);
  expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('0 result undone');
});

it.each(SHELLS)('status under %s waits for the boot, and then compares', async (shell) => {
  const { kernel, sandbox } = await openBootHost(shell);
  await sandbox.helper('apply', putPlan(sandbox, BOOT_PLAN));
  const before = await sandbox.helper('status', RECEIPT);
  expect([before.status, before.stdout]).toEqual([
    0,
    `receipt ${RECEIPT} applied\nwaits-for boot\n`,
  ]);
  kernel.reboot();
  const astray = await sandbox.helper('status', RECEIPT);
  expect([astray.status, astray.stdout]).toEqual([
    3,
    `receipt ${RECEIPT} applied\nfunction ${GPU} nouveau vfio-pci\nfunction 0000:01:00.1 snd_hda_intel vfio-pci\n${MISSING}`,
  ]);
  for (const device of kernel.functions.values()) device.driver = 'vfio-pci';
  sandbox.write('/kernel-line', `quiet ${WORDS.join(' ')}\n`);
  const right = await sandbox.helper('status', RECEIPT);
  expect([right.status, right.stdout.split('\n').slice(1, -1)]).toEqual([
    0,
    [
      `function ${GPU} vfio-pci vfio-pci`,
      'function 0000:01:00.1 vfio-pci vfio-pci',
      ...WORDS.map((word) => `argument ${word} there`),
    ],
  ]);
});

// --- the host --------------------------------------------------------------------------------

type Shell = Parameters<typeof openHost>[0];

/** A host with initramfs-tools and GRUB whose builders note how many of our files they see. */
async function openBootHost(shell: Shell, storage: 'disk' | 'memory' = 'disk') {
  const host = await openHost(shell, storage);
  const { root } = host.sandbox;
  for (const path of [
    'etc/initramfs-tools/hooks',
    'etc/initramfs-tools/scripts/init-top',
    'etc/default',
  ]) {
    mkdirSync(join(root, path), { recursive: true });
  }
  host.sandbox.write(`/${KERNEL_CMDLINE}`, CMDLINE, 0o640);
  chownSync(join(root, KERNEL_CMDLINE), 7, 7);
  const count = `n=0; for f in ${FILES.join(' ')}; do [ ! -f "/$f" ] || n=$((n + 1)); done`;
  plant(root, 'update-initramfs', `${count}; echo "initramfs $n" >>/built`);
  plant(root, 'grub-mkconfig', `${count}; echo "grub $n" >>/built`);
  return host;
}

const FILES = [LIST_FILE, HOOK, SCRIPT, GRUB, KERNEL_CMDLINE];

/** What stands in the fixed places, leftovers of a replacement included. */
function readFiles(sandbox: Sandbox): Readonly<Record<string, string>> {
  const temporary = FILES.map((path) => path.replace(/[^/]+$/, '.airlock-new'));
  const there = [...FILES, ...temporary].filter((path) => existsSync(join(sandbox.root, path)));
  return Object.fromEntries(
    there.map((path) => [path, readFileSync(join(sandbox.root, path), 'utf8')]),
  );
}

function modeOf(sandbox: Sandbox, path: string): string {
  const { mode, uid } = statSync(join(sandbox.root, path));
  return `${(mode & 0o777).toString(8)} ${uid}`;
}
