import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DebianArchive, labCache, unpackPackage, type ArchivedPackage } from './debian-packages.ts';
import { extractVmlinux } from './extract-vmlinux.ts';

/** A kernel of `debian-kernels.json`, the one list of those that the project is checked with. */
export interface ListedKernel {
  readonly label: string;
  readonly architecture: string;
  /** Where it, or what may take its place, is looked for. */
  readonly suites: readonly string[];
  /** The image first; modules where they are apart. */
  readonly packages: readonly string[];
  readonly version: string;
  /** Names of the packages that may take its place. */
  readonly newest: string;
}

/** A kernel, unpacked. */
export interface FetchedKernel {
  readonly label: string;
  readonly architecture: string;
  /** As `uname -r` says it. */
  readonly release: string;
  /** Version of the package. */
  readonly version: string;
  /** Uncompressed: an ELF file, on arm64 the raw image. */
  readonly vmlinux: string;
  /** Folder with `kernel/…/NAME.ko[.xz]`. */
  readonly modules: string;
  /** What the archive has that is newer than the list, or that the listed one is gone. */
  readonly news: string | undefined;
}

/** What the laboratory and the helper's proofs load; the rest of 4,000 modules stays packed. */
const MODULE_FOLDERS = [
  'arch/*',
  'block/*',
  'crypto/*',
  'drivers/ata/*',
  'drivers/block/*',
  'drivers/hid/*',
  'drivers/i2c/*',
  'drivers/iommu/*',
  'drivers/net/ethernet/intel/*',
  'drivers/net/ethernet/realtek/*',
  'drivers/net/mii.ko*',
  'drivers/nvme/*',
  'drivers/pci/*',
  'drivers/ptp/*',
  'drivers/pps/*',
  'drivers/dca/*',
  'drivers/scsi/*',
  'drivers/usb/*',
  'drivers/vfio/*',
  'drivers/virtio/*',
  'lib/*',
  'sound/*',
  'virt/*',
];

/** What was unpacked with another list of modules is not taken for this one. */
const LAYOUT = createHash('sha256').update(MODULE_FOLDERS.join()).digest('hex').slice(0, 8);

export const listedKernels = JSON.parse(
  readFileSync(join(import.meta.dirname, 'debian-kernels.json'), 'utf8'),
) as readonly ListedKernel[];

/**
 * Gives a kernel of the list, from the cache or the archive.
 *
 * @throws Where the list has no such label, or the archive neither the version nor a newer one.
 */
export async function fetchKernel(label: string): Promise<FetchedKernel> {
  const listed = listedKernels.find((kernel) => kernel.label === label);
  if (listed === undefined) {
    const labels = listedKernels.map((kernel) => kernel.label).join(', ');
    throw new Error(`No kernel ${label} in test/support/debian-kernels.json, which has ${labels}`);
  }
  const archive = await DebianArchive.open(listed.architecture, listed.suites);
  const choice = await choose(listed, archive);
  const folder = join(labCache(), 'kernels', `${choice.packages[0]}_${choice.version}_${LAYOUT}`);
  if (!existsSync(folder)) await unpackKernel(choice, archive, folder);
  const release = onlyEntry(join(folder, 'modules'));
  return {
    label,
    architecture: listed.architecture,
    release,
    version: choice.version,
    vmlinux: join(folder, 'vmlinux'),
    modules: join(folder, 'modules', release),
    news: choice.news,
  };
}

interface Choice {
  readonly packages: readonly string[];
  readonly version: string;
  readonly news: string | undefined;
}

/** The listed version where the archive has it, else the newest that may take its place. */
async function choose(listed: ListedKernel, archive: DebianArchive): Promise<Choice> {
  const [image = ''] = listed.packages;
  const pattern = new RegExp(listed.newest);
  const candidates = (await archive.names(image.slice(0, 'linux-image-'.length))).filter((name) =>
    pattern.test(name),
  );
  const found = (await archive.versions(candidates)).filter(({ suite }) =>
    listed.suites.includes(suite),
  );
  const newest = [...found].sort(byVersion).at(-1);
  const isThere = found.some(({ name, version }) => name === image && version === listed.version);
  if (isThere) return { ...listed, news: newsOf(listed, newest, image) };
  if (newest === undefined) {
    const trouble = archive.trouble === undefined ? '' : `\n${archive.trouble}`;
    const where = listed.suites.join(', ');
    throw new Error(`No package like ${listed.newest} in ${where} (wanted: ${image})${trouble}`);
  }
  const suffix = newest.name.replace(/^linux-[a-z]+-/, '');
  return {
    packages: listed.packages.map((name) => name.replace(/^(linux-[a-z]+-).*$/, `$1${suffix}`)),
    version: newest.version,
    news: `The archive has no ${image} ${listed.version}; ${newest.name} ${newest.version} takes its place`,
  };
}

function newsOf(listed: ListedKernel, newest: ArchivedPackage | undefined, image: string) {
  if (newest === undefined || newest.name === image) return undefined;
  return `${newest.suite} has ${newest.name} ${newest.version}, newer than ${listed.version} of the list`;
}

/** Release numbers compare as numbers: 6.1.0-9 is older than 6.1.0-56. */
function byVersion(one: ArchivedPackage, other: ArchivedPackage): number {
  return one.name.localeCompare(other.name, 'en', { numeric: true });
}

/** Unpacked aside and renamed at the end: half a kernel is never taken for a whole one. */
async function unpackKernel(choice: Choice, archive: DebianArchive, folder: string): Promise<void> {
  const aside = `${folder}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  const wanted = choice.packages.map((name) => `${name}=${choice.version}`);
  const files = await archive.download(wanted);
  const folders = ['./lib', './usr/lib'].flatMap((lib) =>
    MODULE_FOLDERS.map((below) => `${lib}/modules/*/kernel/${below}`),
  );
  const images = ['./boot/vmlinu*', './usr/lib/modules/*/vmlinu*'];
  for (const file of files) await unpackPackage(file, join(aside, 'tree'), [...images, ...folders]);
  const tree = join(aside, 'tree');
  const lib = existsSync(join(tree, 'usr/lib/modules')) ? 'usr/lib/modules' : 'lib/modules';
  writeFileSync(join(aside, 'vmlinux'), extractVmlinux(readFileSync(findImage(tree, lib))));
  renameSync(join(tree, lib), join(aside, 'modules'));
  rmSync(tree, { recursive: true });
  for (const file of files) rmSync(file);
  mkdirSync(dirname(folder), { recursive: true });
  // Another process may have been faster.
  if (existsSync(folder)) rmSync(aside, { recursive: true });
  else renameSync(aside, folder);
}

/** Up to 7.1 below `boot`, since then beside the modules. */
function findImage(tree: string, lib: string): string {
  const boot = join(tree, 'boot');
  const folder = existsSync(boot) ? boot : join(tree, lib, onlyEntry(join(tree, lib)));
  const image = readdirSync(folder).find((name) => name.startsWith('vmlinu'));
  if (image === undefined) throw new Error(`No kernel image below ${folder}`);
  return join(folder, image);
}

function onlyEntry(folder: string): string {
  const [only, ...others] = readdirSync(folder);
  if (only === undefined || others.length > 0) throw new Error(`Not one entry in ${folder}`);
  return only;
}
