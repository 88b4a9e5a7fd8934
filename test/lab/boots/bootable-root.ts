import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unpackDebianRoot } from '../../support/debian-root.ts';
import { extractVmlinux } from '../../support/extract-vmlinux.ts';
import { runInRoot } from '../../support/run-in-root.ts';
import { SMALL_DEBIAN } from '../../support/small-debian.ts';

const run = promisify(execFile);

/** A builder of boot images, and how it is set. */
export type GuestStack = 'initramfs-tools' | 'dracut' | 'dracut-hostonly';

/** As people call them. */
export const STACK_TITLES: Readonly<Record<GuestStack, string>> = {
  'initramfs-tools': 'initramfs-tools',
  dracut: 'dracut, image for any host',
  'dracut-hostonly': 'dracut, image for this host',
};

/** A Debian with systemd, a kernel and a builder, in a folder that also takes the disks made of it. */
export interface BootableRoot {
  readonly folder: string;
  readonly root: string;
  readonly kernelRelease: string;
  /** For QEMU, uncompressed. */
  readonly vmlinux: string;
  /** Path of the image inside, without a slash at the beginning: as the builder names it. */
  readonly initrd: string;
  run(script: string): Promise<string>;
  close(): void;
}

/** Native drivers that every image has, so that they could be first. */
export const NATIVE_DRIVERS: readonly string[] = ['nvme', 'e1000e', 'bochs'];

/** Unpacks Debian 13 with the stack, and builds its first image, without any change of ours. */
export async function makeBootableRoot(stack: GuestStack): Promise<BootableRoot> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-boots-'));
  const root = join(folder, 'root');
  await run('cp', ['-a', await unpackDebianRoot('trixie', packagesOf(stack)), root]);
  for (const path of LEFT_OUT) rmSync(join(root, path), { recursive: true, force: true });
  for (const [path, text] of Object.entries({ ...SETTINGS, ...stackSettings(stack) })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const [path, target] of Object.entries(LINKS)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  cpSync(ASSETS, join(root, 'lab/helper'), { recursive: true });
  cpSync(COLLECTOR, join(root, 'lab/airlock-collect'));
  cpSync(JOB, join(root, 'lab/job'));
  const [kernelRelease = ''] = readdirSync(join(root, 'usr/lib/modules'));
  const vmlinux = join(folder, 'vmlinux');
  writeFileSync(vmlinux, extractVmlinux(readFileSync(join(root, `boot/vmlinuz-${kernelRelease}`))));
  // Without its cache of libraries dracut leaves libkmod out, and no module is ever loaded.
  await runInRoot(
    root,
    `ldconfig; depmod ${kernelRelease}; ${FIRST_IMAGE[stack](kernelRelease)} 2>&1`,
  );
  return {
    folder,
    root,
    kernelRelease,
    vmlinux,
    initrd: `boot/initrd.img-${kernelRelease}`,
    run: (script) => runInRoot(root, script),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const TOP = join(import.meta.dirname, '../../..');
const ASSETS = join(TOP, 'assets/helper');
const COLLECTOR = join(TOP, 'assets/collect/airlock-collect');
const JOB = join(import.meta.dirname, '../guest/boot-job');

/** `linux-image-amd64` asks for a builder: the named one. */
function packagesOf(stack: GuestStack): readonly string[] {
  const builder = stack === 'initramfs-tools' ? 'initramfs-tools' : 'dracut';
  const system = ['systemd', 'systemd-sysv', 'udev', 'kmod', 'e2fsprogs', 'procps', 'perl-base'];
  return [...SMALL_DEBIAN, builder, 'linux-image-amd64', ...system, 'dpkg'];
}

const LEFT_OUT = ['usr/share/doc', 'usr/share/locale', 'usr/share/man'];

const UNIT = `[Unit]
Description=What this boot is for
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/sh /lab/job
StandardOutput=journal+console
StandardError=journal+console
`;

/** What scripts of the packages and the installer would have made. */
const SETTINGS: Readonly<Record<string, string>> = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n',
  'etc/group': 'root:x:0:\ntty:x:5:\ndisk:x:6:\nkmem:x:15:\n',
  'etc/hostname': 'guest\n',
  'etc/machine-id': '5f1d7a84c2b14f0e9a3c6d2b8e7f4a10\n',
  'etc/fstab': '/dev/vda / ext4 defaults 0 1\n',
  'etc/systemd/system/airlock-lab.service': UNIT,
  // Only so that its words can be read on the console.
  'etc/systemd/system/airlock-revert.service.d/console.conf':
    '[Service]\nStandardOutput=journal+console\n',
  // The folder by which systemd is known to run.
  'run/systemd/system/.keep': '',
};

/** Units that cost an emulated guest time, and have nothing to do with the boot. */
const MASKED = [
  ...['getty@.service', 'serial-getty@.service', 'getty-static.service', 'e2scrub_reap.service'],
  ...['systemd-hwdb-update.service', 'systemd-journal-catalog-update.service', 'ldconfig.service'],
  ...['systemd-update-done.service', 'systemd-timesyncd.service'],
];

const LINKS: Readonly<Record<string, string>> = {
  'usr/bin/awk': 'mawk',
  'etc/systemd/system/multi-user.target.wants/airlock-lab.service': '../airlock-lab.service',
  ...Object.fromEntries(MASKED.map((unit) => [`etc/systemd/system/${unit}`, '/dev/null'])),
};

/**
 * A list of modules keeps images small; the native drivers are on it, and are loaded by name. Strong
 * compression costs minutes under emulation.
 */
function stackSettings(stack: GuestStack): Readonly<Record<string, string>> {
  if (stack === 'initramfs-tools') {
    return {
      'etc/initramfs-tools/conf.d/list': 'MODULES=list\nCOMPRESSLEVEL=1\n',
      'etc/initramfs-tools/modules': ['ext4', 'virtio_blk', ...NATIVE_DRIVERS, ''].join('\n'),
    };
  }
  const hostonly = stack === 'dracut-hostonly' ? 'yes' : 'no';
  const drivers = `add_drivers+=" ${NATIVE_DRIVERS.join(' ')} "`;
  return {
    'etc/dracut.conf.d/50-guest.conf': `hostonly="${hostonly}"\ncompress="zstd -1"\n${drivers}\n`,
  };
}

/** An image for this host alone cannot be made before the host runs. */
const FIRST_IMAGE: Readonly<Record<GuestStack, (release: string) => string>> = {
  'initramfs-tools': (release) => `update-initramfs -c -k ${release}`,
  dracut: (release) => `dracut -f /boot/initrd.img-${release} ${release}`,
  'dracut-hostonly': (release) => `dracut --no-hostonly -f /boot/initrd.img-${release} ${release}`,
};
