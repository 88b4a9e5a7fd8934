import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MOUNTS = [
  'mount --make-rprivate /',
  'mount -t proc proc "$1/proc"',
  'mount --bind /dev "$1/dev"',
  'mount -t sysfs sysfs "$1/sys"',
  'exec chroot "$1" /bin/bash -ec "$2"',
].join(' && ');

/**
 * Runs a script of bash inside an unpacked root. Its mounts are in a namespace of their own, and end
 * with it. Needs root, for `chroot`.
 *
 * @throws With what it said where it fails.
 */
export async function runInRoot(root: string, script: string): Promise<string> {
  const whole = `export PATH=/usr/sbin:/usr/bin LC_ALL=C\n${script}`;
  const args = ['-m', 'sh', '-c', MOUNTS, 'sh', root, whole];
  return (await run('unshare', args, { maxBuffer: 1 << 26 })).stdout;
}
