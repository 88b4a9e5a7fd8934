import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackPackage } from '../../support/debian-packages.ts';
import { fetchKernel, listedKernels } from '../../support/fetch-kernel.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** A kernel as a file, packed or not. */
export interface KernelFile {
  readonly image: Buffer;
  /** What the archive has that is newer than the list. */
  readonly news: string | undefined;
}

const IMAGES = ['./boot/vmlinuz-*', './usr/lib/modules/*/vmlinuz'];

/** Labels of the kernels that the tables are checked with, unless others are named. */
export function usualKernels(): readonly string[] {
  // Hooks can only be read in the code of x86.
  return listedKernels
    .filter(({ architecture }) => architecture === 'amd64')
    .map(({ label }) => label);
}

/**
 * Gives a kernel.
 *
 * @param kernel - Path of a Debian package, of a vmlinuz or of a vmlinux; or a label of
 *   `test/support/debian-kernels.json`, which is then taken from the cache or the archive.
 */
export async function readKernelFile(kernel: string): Promise<KernelFile> {
  if (kernel.endsWith('.deb')) return { image: await imageInPackage(kernel), news: undefined };
  if (existsSync(kernel)) return { image: readFileSync(kernel), news: undefined };
  if (!usualKernels().includes(kernel)) {
    const labels = usualKernels().join(', ');
    throw new QuirkToolError(`Neither a file nor one of the known kernels (${labels})`);
  }
  const { vmlinux, news } = await fetchKernel(kernel);
  return { image: readFileSync(vmlinux), news };
}

async function imageInPackage(file: string): Promise<Buffer> {
  if (!existsSync(file)) throw new QuirkToolError('No such file');
  const folder = mkdtempSync(join(tmpdir(), 'airlock-quirks-'));
  try {
    await unpackPackage(file, folder, IMAGES);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const image = files.find((path) => /(^|\/)vmlinuz[^/]*$/.test(path));
    if (image === undefined) throw new QuirkToolError('The package holds no kernel image');
    return readFileSync(join(folder, image));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
