import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unpackDebianRoot } from './debian-root.ts';
import { fetchKernel } from './fetch-kernel.ts';
import { runInRoot } from './run-in-root.ts';
import { SMALL_DEBIAN } from './small-debian.ts';

const run = promisify(execFile);

/** The builders. Nothing of it is installed here. */
const PACKAGES = [
  ...SMALL_DEBIAN,
  ...['initramfs-tools-core', 'dracut-core', 'grub-common', 'grub2-common', 'systemd'],
  ...['systemd-boot-tools', 'systemd-ukify', 'systemd-boot-efi', 'binutils'],
];

/** What the builders ask of a kernel's configuration. */
const KERNEL_CONFIG = 'CONFIG_RD_ZSTD=y\nCONFIG_RD_GZIP=y\nCONFIG_BLK_DEV_INITRD=y\n';

/** A Debian of its own with a kernel's modules, for one test file. Needs root, for `chroot`. */
export interface BootChroot {
  readonly kernelRelease: string;
  put(path: string, text: string, mode?: number): void;
  /** Runs a script of bash inside; throws with what it said where it fails. */
  run(script: string): Promise<string>;
  close(): void;
}

export async function openBootChroot(): Promise<BootChroot> {
  const kernel = await fetchKernel('6.12');
  const folder = mkdtempSync(join(tmpdir(), 'airlock-boot-'));
  const root = join(folder, 'root');
  await run('cp', ['-a', await unpackDebianRoot('trixie', PACKAGES), root]);
  const modules = join(root, 'usr/lib/modules', kernel.release);
  cpSync(kernel.modules, modules, { recursive: true });
  // What scripts of the packages would have made.
  symlinkSync('mawk', join(root, 'usr/bin/awk'));
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
  put(`boot/config-${kernel.release}`, KERNEL_CONFIG);
  for (const list of ['modules.order', 'modules.builtin', 'modules.builtin.modinfo']) {
    put(`usr/lib/modules/${kernel.release}/${list}`, '');
  }
  const chroot: BootChroot = {
    kernelRelease: kernel.release,
    put,
    run: (script) => runInRoot(root, script),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  await chroot.run(`depmod ${kernel.release}`);
  return chroot;
}
