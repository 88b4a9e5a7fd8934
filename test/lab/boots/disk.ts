import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SIZE = '1G';

/** Makes a disk of a folder: ext4, no partitions. Nothing is mounted. */
export async function makeDisk(disk: string, folder: string): Promise<void> {
  await run('mke2fs', ['-q', '-F', '-t', 'ext4', '-d', folder, disk, SIZE]);
}

/** Makes a disk without files, with a name to find it by. */
export async function makeEmptyDisk(disk: string, label: string): Promise<void> {
  await run('mke2fs', ['-q', '-F', '-t', 'ext4', '-L', label, disk, '64M']);
}

/** A copy shares no later write. */
export async function copyDisk(from: string, to: string): Promise<string> {
  await run('cp', ['--sparse=always', '--reflink=auto', from, to]);
  return to;
}

/** Puts a text into a disk that was switched off in order, in place of what is there. */
export async function putIntoDisk(disk: string, path: string, text: string): Promise<void> {
  const aside = `${disk}.put`;
  writeFileSync(aside, text);
  // debugfs writes new files only; its status says nothing.
  for (const request of [`rm ${path}`, `write ${aside} ${path}`]) {
    await run('debugfs', ['-w', '-R', request, disk]);
  }
  rmSync(aside);
}

/**
 * Takes a file out of a disk as it is after a power cut, too: what the journal holds is replayed, on
 * a copy. The guest does the same when it mounts the disk.
 */
export async function takeFromDisk(disk: string, path: string, to: string): Promise<void> {
  const aside = await copyDisk(disk, `${disk}.replayed`);
  // Status 1: there was something to replay.
  await run('e2fsck', ['-fy', aside]).catch((error: unknown) => {
    if ((error as { code?: number }).code !== 1) throw error;
  });
  rmSync(to, { force: true });
  await run('debugfs', ['-R', `dump ${path} ${to}`, aside]);
  rmSync(aside);
}
