import { describe, expect, it } from 'vitest';
import { detectBoot } from '../../../../main/binding/boot/detect.ts';
import { planBoot } from '../../../../main/binding/boot/plan-boot.ts';
import { unreadable } from '../../../../shared/fact.ts';
import { BOOT_FUNCTIONS, BOOT_OPTIONS, bootFacts } from '../../../support/boot-tree.ts';

const DEBIAN = { 'usr/sbin/update-initramfs': '', 'usr/share/initramfs-tools/scripts/init': '' };
const DRACUT = { 'usr/bin/dracut': '', 'usr/lib/dracut/modules.d/x': '' };
const GRUB = { 'etc/default/grub': '', 'boot/grub/grub.cfg': '' };
const LOADER = { 'boot/loader/loader.conf': '' };
const VENDOR = '4a67b082-0a4c-41cf-b6c7-440b29bb8c4f';
const INFO = `sys/firmware/efi/efivars/LoaderInfo-${VENDOR}`;

describe('the builder of the initramfs', () => {
  it.each([
    [
      'of two, the one that runs for new kernels',
      { ...DEBIAN, ...DRACUT, 'etc/kernel/postinst.d/dracut': '' },
      'dracut',
    ],
    ['of two, none where neither runs for new kernels', { ...DEBIAN, ...DRACUT }, undefined],
    [
      'of two, the one that kernel-install is told',
      { ...DEBIAN, ...DRACUT, 'etc/kernel/install.conf': 'layout=bls\ninitrd_generator=dracut\n' },
      'dracut',
    ],
    ['not dracut without its modules', { 'usr/bin/dracut': '' }, 'none'],
    ['none where there is no builder and no image', {}, 'none'],
    ['unknown where an image is there', { 'boot/initramfs-6.1.img': '' }, undefined],
    ['unknown where another one is there', { 'usr/bin/genkernel': '' }, undefined],
  ])('%s', (_name, files, used) => {
    expect(detectBoot(bootFacts(files)).initramfs.used).toBe(used);
  });

  it('is not "none" where the source may lack files', () => {
    const facts = { ...bootFacts({}), isComplete: false };
    expect(detectBoot(facts).initramfs.used).toBeUndefined();
  });

  it('is not the wrapper of another one', () => {
    const { files, ...rest } = bootFacts({ ...DEBIAN, ...DRACUT });
    const wrapper = { state: 'link', target: '../bin/dracut' } as const;
    const facts = { ...rest, files: { ...files, 'usr/sbin/update-initramfs': wrapper } };
    expect(detectBoot(facts).initramfs.used).toBe('dracut');
  });

  it('names the files that show it', () => {
    expect(detectBoot(bootFacts(DRACUT)).initramfs.evidence).toEqual([
      { path: 'usr/bin/dracut', shows: 'dracut is installed' },
    ]);
  });
});

describe('the boot loader', () => {
  it.each([
    [
      'of two, the one that the firmware was told of',
      { ...GRUB, ...LOADER, [INFO]: 'systemd-boot 257' },
      'systemd-boot',
    ],
    [
      'of two, GRUB where it started the kernel',
      { ...GRUB, ...LOADER, 'proc/cmdline': 'BOOT_IMAGE=/x quiet' },
      'grub',
    ],
    ['of two, none where nothing shows it', { ...GRUB, ...LOADER }, undefined],
    [
      'GRUB on Proxmox VE where proxmox-boot-tool only copies',
      { ...GRUB, 'etc/kernel/proxmox-boot-uuids': '', 'proc/cmdline': 'BOOT_IMAGE=/x' },
      'grub',
    ],
    [
      'unknown where systemd-boot and rEFInd both pass an initrd',
      { ...LOADER, 'boot/refind_linux.conf': '', 'proc/cmdline': 'initrd=\\x.img' },
      undefined,
    ],
    [
      'unknown where what started the kernel is not set up',
      { ...GRUB, [INFO]: 'Limine 9' },
      undefined,
    ],
  ])('%s', (_name, files, used) => {
    expect(detectBoot(bootFacts(files)).loader.used).toBe(used);
  });

  it('is GRUB where only root may look for its configuration', () => {
    const { files, ...rest } = bootFacts({ 'etc/default/grub': '' });
    const facts = { ...rest, files: { ...files, 'boot/grub2/grub.cfg': unreadable('EACCES') } };
    expect(detectBoot(facts).loader.used).toBe('grub');
  });
});

describe('a plan is refused', () => {
  const code = (
    facts: ReturnType<typeof bootFacts>,
    functions = BOOT_FUNCTIONS,
    options = BOOT_OPTIONS,
  ) => {
    const plan = planBoot(facts, functions, options);
    return plan.ok ? 'ok' : plan.error.code;
  };
  const twins = BOOT_FUNCTIONS.map((fn) => ({ ...fn, hasUniqueIds: false }));

  it('without a function and without an argument', () => {
    const options = { ...BOOT_OPTIONS, arguments: [] };
    expect(code(bootFacts({ ...DEBIAN, ...GRUB }), [], options)).toBe('no-functions');
  });

  it('where files do not tell what boots', () => {
    expect(code(bootFacts({ ...DEBIAN, ...DRACUT, ...GRUB }))).toBe('undecided-initramfs');
    expect(code(bootFacts({ ...DEBIAN, ...GRUB, ...LOADER }))).toBe('undecided-loader');
  });

  it('where a file in the way could not be read', () => {
    const { files, ...rest } = bootFacts({ ...DEBIAN, ...GRUB });
    const hidden = { ...files, 'etc/airlock/bind.list': unreadable('EACCES') };
    expect(code({ ...rest, files: hidden })).toBe('unreadable-file');
  });

  it.each(['usr/bin/rpm-ostree', 'usr/bin/booster'])('for twins, by ids alone: %s', (tool) => {
    expect(code(bootFacts({ [tool]: '', 'run/ostree-booted': '', ...GRUB }), twins)).toBe(
      'ids-not-unique',
    );
  });

  it('not for twins where addresses count', () => {
    expect(code(bootFacts({ ...DEBIAN, ...GRUB }), twins)).toBe('ok');
  });

  it('for what TrueNAS does not isolate', () => {
    const sound = BOOT_FUNCTIONS.slice(1);
    expect(code(bootFacts({ 'usr/bin/midclt': '' }), sound)).toBe('unsupported');
  });
});

it('the user can say what files do not tell', () => {
  const facts = bootFacts({ ...DEBIAN, ...DRACUT, ...GRUB, ...LOADER });
  const options = { ...BOOT_OPTIONS, initramfs: 'dracut', loader: 'grub' } as const;
  const plan = planBoot(facts, BOOT_FUNCTIONS, options);
  const stacks =
    plan.ok && plan.value.steps.flatMap((step) => ('stack' in step ? [step.stack] : []));
  expect(stacks).toContain('dracut');
});
