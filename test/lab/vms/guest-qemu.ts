import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDebianRoot } from '../../support/debian-root.ts';
import type { GuestFile } from '../cpio.ts';

/** Debian 13 has QEMU 10.0, the first of its releases that knows iommufd; a guest has nothing else of it. */
const PACKAGES = ['base-files', 'libc-bin', 'qemu-system-x86', 'ovmf'];
const PROGRAM = '/usr/bin/qemu-system-x86_64';
const LOADER = '/lib64/ld-linux-x86-64.so.2';

/** What QEMU reads for a machine of ours, each where it looks for it. */
const DATA = [
  '/usr/share/seabios/bios-256k.bin',
  '/usr/share/qemu/kvmvapic.bin',
  '/usr/share/qemu/efi-virtio.rom',
  ...['CODE_4M', 'VARS_4M', 'CODE_4M.ms', 'VARS_4M.ms'].map(
    (name) => `/usr/share/OVMF/OVMF_${name}.fd`,
  ),
];

/** QEMU with its libraries and firmware, for a guest whose user space is BusyBox. */
export async function guestQemu(): Promise<readonly GuestFile[]> {
  const root = await unpackDebianRoot('trixie', PACKAGES);
  const paths = new Set([PROGRAM, LOADER, ...librariesOf(root), ...DATA]);
  return [...paths].map((path) => ({
    path: path.slice(1),
    content: readFileSync(join(root, path)),
  }));
}

/** `10.0.13` of the QEMU that a guest has. */
export async function guestQemuVersion(): Promise<string> {
  const root = await unpackDebianRoot('trixie', PACKAGES);
  const said = load(root, join(root, PROGRAM), '--version');
  const version = /version (\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (version === undefined) throw new Error(`No version in ${said}`);
  return version;
}

/** Lines `NAME => PATH (ADDRESS)` of the loader. */
function librariesOf(root: string): readonly string[] {
  const said = load(root, '--list', join(root, PROGRAM));
  const paths = [...said.matchAll(/=> (\/\S+) /g)].map(([, path = '']) => path);
  return paths.filter((path) => path.startsWith(root)).map((path) => path.slice(root.length));
}

/** Starts a program with the loader and the libraries of that root; `chroot` would need to be root. */
function load(root: string, ...words: readonly string[]): string {
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu');
  return execFileSync(join(root, LOADER), ['--library-path', libraries, ...words], {
    encoding: 'utf8',
  });
}
