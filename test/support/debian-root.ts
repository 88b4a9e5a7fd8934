import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { DebianArchive, labCache } from './debian-packages.ts';

const run = promisify(execFile);

/**
 * Unpacks packages of one Debian release, with what they depend on, into a folder that `chroot`
 * can enter. No script of a package runs, and the packages of this system stay as they are.
 *
 * @param suite - Name of the release: `trixie`. Since trixie `base-files` brings the links of the
 *   merged `/usr`.
 * @returns The folder, in the cache: copy it before changing it.
 */
export async function unpackDebianRoot(
  suite: string,
  packages: readonly string[],
): Promise<string> {
  const key = createHash('sha256')
    .update([suite, ...packages].join())
    .digest('hex')
    .slice(0, 12);
  const folder = join(labCache(), 'roots', `${suite}-${key}`);
  if (existsSync(folder)) return folder;
  const archive = await DebianArchive.open('amd64', [suite]);
  const files = await archive.download(await archive.closure(packages));
  const aside = `${folder}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  for (const file of baseFirst(files)) {
    await run('sh', ['-c', UNPACK, 'sh', file, aside], { maxBuffer: 1 << 26 });
    rmSync(file);
  }
  if (existsSync(folder)) rmSync(aside, { recursive: true });
  else renameSync(aside, folder);
  return folder;
}

const UNPACK = 'dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink -C "$2"';

function baseFirst(files: readonly string[]): readonly string[] {
  const isBase = (file: string) => basename(file).startsWith('base-files_');
  return [...files.filter(isBase), ...files.filter((file) => !isBase(file))];
}
