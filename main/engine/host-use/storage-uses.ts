import { isUnreadable, known } from '../../../shared/fact.ts';
import type { BlockDevice, Mount, StorageFacts, Swap } from '../../../shared/storage.ts';
import { unreadEvidence } from './make-finding.ts';
import {
  gap,
  joinWalks,
  makeWalker,
  MAX_LAYERS,
  NOWHERE,
  type StorageGap,
  type StorageWalker,
  type Walk,
} from './storage-walk.ts';

/** What the host does with a disk. */
export type DiskRole = 'root' | 'boot' | 'swap' | 'data';

/** A mount or a swap area with the disks that it rests on. */
export interface DiskUse {
  readonly role: DiskRole;
  /** `/`, `/boot/efi (EFI system partition)`, `swap`. */
  readonly place: string;
  readonly evidence: string;
  readonly walk: Walk;
}

/** Everything that the host uses its disks for. */
export interface StorageUses {
  readonly uses: readonly DiskUse[];
  /** Facts that could not be read: any disk may be in use for what they would have told. */
  readonly gaps: readonly StorageGap[];
}

/** Follows every mount and swap area of a host down to its disks. */
export function findUses(storage: StorageFacts): StorageUses {
  const mounts = known(storage.mounts) ?? [];
  const blocks = known(storage.blocks) ?? [];
  const fileWalks = new Map<string, Walk>();
  let depth = 0;
  const walker = makeWalker(storage, blocks, fileWalk);
  const resolver: Resolver = { storage, walker, ...indexBlocks(blocks) };
  function fileWalk(path: string): Walk {
    const mount = mountOf(path, mounts);
    if (mount === undefined) return gap(`the file system of ${path} is not known`, path);
    const answer = fileWalks.get(mount.mountPoint);
    if (answer) return answer;
    if (depth >= MAX_LAYERS) return gap(`${path} lies below too many layers`, path);
    depth++;
    // A file on the device that it is the backing of would lead in a circle.
    fileWalks.set(mount.mountPoint, NOWHERE);
    const walk = walkMount(mount, resolver);
    depth--;
    fileWalks.set(mount.mountPoint, walk);
    return walk;
  }
  const uses = [
    ...mounts.map((mount) => mountUse(mount, walkMount(mount, resolver))),
    ...(known(storage.swaps) ?? []).map((swap) => swapUse(swap, resolver, fileWalk)),
  ];
  return { uses, gaps: [...factGaps(storage), ...uses.flatMap(({ walk }) => walk.gaps)] };
}

interface Resolver {
  readonly storage: StorageFacts;
  readonly walker: StorageWalker;
  readonly byNumber: ReadonlyMap<string, BlockDevice>;
  readonly byMappedName: ReadonlyMap<string, BlockDevice>;
}

function indexBlocks(blocks: readonly BlockDevice[]) {
  const byNumber = new Map<string, BlockDevice>();
  const byMappedName = new Map<string, BlockDevice>();
  for (const block of blocks) {
    if (typeof block.number === 'string') byNumber.set(block.number, block);
    if (block.mappedName !== undefined) byMappedName.set(block.mappedName, block);
  }
  return { byNumber, byMappedName };
}

const ROOT_PLACES = new Set(['/', '/usr', '/sysroot', '/nix', '/nix/store']);
const EFI_PLACES = new Set(['/boot/efi', '/efi', '/boot/EFI', '/boot/firmware']);

function mountUse(mount: Mount, walk: Walk): DiskUse {
  const { mountPoint, source, fileSystem = '', number = '' } = mount;
  const isEfi = EFI_PLACES.has(mountPoint);
  const isBoot = isEfi || mountPoint === '/boot';
  const isEfiToo = isEfi || (isBoot && fileSystem === 'vfat');
  return {
    role: ROOT_PLACES.has(mountPoint) ? 'root' : isBoot ? 'boot' : 'data',
    place: isEfiToo ? `${mountPoint} (EFI system partition)` : mountPoint,
    evidence: `${number === '' ? 'proc/mounts' : 'proc/self/mountinfo'}: ${[number, mountPoint, fileSystem, source].filter((part) => part !== '').join(' ')}`,
    walk,
  };
}

function swapUse(swap: Swap, resolver: Resolver, fileWalk: (path: string) => Walk): DiskUse {
  return {
    role: 'swap',
    place: swap.isFile ? `swap (${swap.source})` : 'swap',
    evidence: `proc/swaps: ${swap.source}`,
    walk: swap.isFile ? fileWalk(swap.source) : walkDevice(swap.source, undefined, resolver),
  };
}

function walkMount(mount: Mount, resolver: Resolver): Walk {
  const { mountPoint, source, fileSystem, number } = mount;
  if (fileSystem === 'autofs')
    return gap(
      `the disk of ${mountPoint}, which is mounted on access, is not known`,
      `${mountPoint}: autofs`,
    );
  if (fileSystem === 'zfs') return walkPool(source.split('/')[0] ?? '', resolver);
  if (fileSystem === 'btrfs') return walkBtrfs(mount, resolver);
  if (fileSystem === 'bcachefs') {
    return joinWalks(source.split(':').map((part) => walkDevice(part, undefined, resolver)));
  }
  const isOnDevice =
    number === undefined ? /^\/dev\/(?!fuse$)/.test(source) : !number.startsWith('0:');
  return isOnDevice ? walkDevice(source, number, resolver) : NOWHERE;
}

function walkDevice(source: string, number: string | undefined, resolver: Resolver): Walk {
  const block = findBlock(source, number, resolver);
  if (block !== undefined) return resolver.walker.walk(block.name);
  const name = number === undefined ? source : `${source} (${number})`;
  return gap(`the disk of ${name} is not known`, 'sys/class/block: no such device');
}

/** By number first: names below `/dev` are chosen by udev, and `/dev/root` is none at all. */
function findBlock(
  source: string,
  number: string | undefined,
  { byNumber, byMappedName, walker }: Resolver,
): BlockDevice | undefined {
  const numbered = number === undefined ? undefined : byNumber.get(number);
  if (numbered) return numbered;
  const name = /^\/dev\/([^/]+)$/.exec(source)?.[1];
  if (name !== undefined) return walker.find(name);
  return byMappedName.get(mappedNameOf(source) ?? '');
}

/** `/dev/mapper/vg-root`, or `/dev/vg/root`: LVM joins both with a dash and doubles their own. */
function mappedNameOf(source: string): string | undefined {
  const mapped = /^\/dev\/mapper\/(.+)$/.exec(source)?.[1];
  if (mapped !== undefined) return mapped;
  const volume = /^\/dev\/([^/]+)\/([^/]+)$/.exec(source);
  return volume
    ? `${(volume[1] ?? '').replaceAll('-', '--')}-${(volume[2] ?? '').replaceAll('-', '--')}`
    : undefined;
}

/** A mount of btrfs names one member; the file system lies on all. */
function walkBtrfs({ source }: Mount, resolver: Resolver): Walk {
  const start = findBlock(source, undefined, resolver);
  const sets = resolver.storage.btrfs;
  const set = known(sets)?.find(
    ({ members }) => start !== undefined && members.includes(start.name),
  );
  if (set) return resolver.walker.walkAll(set.members);
  const evidence = isUnreadable(sets)
    ? unreadEvidence('sys/fs/btrfs', sets.errno)
    : `sys/fs/btrfs: no file system with ${source}`;
  return joinWalks([
    walkDevice(source, undefined, resolver),
    gap(`further disks of the btrfs on ${source} are not known`, evidence),
  ]);
}

function walkPool(pool: string, { storage, walker }: Resolver): Walk {
  const members = known(storage.zfsPools)?.find(({ name }) => name === pool)?.members ?? [];
  if (members.length > 0) return walker.walkAll(members);
  const evidence = isUnreadable(storage.zfsPools)
    ? unreadEvidence('zpool status -LP', storage.zfsPools.errno)
    : `zpool status -LP: no pool ${pool}`;
  return gap(`the disks of the ZFS pool ${pool} are not known`, evidence);
}

/** The mount with the longest path above a file. */
function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  const above = mounts.filter(({ mountPoint }) =>
    `${path}/`.startsWith(mountPoint === '/' ? '/' : `${mountPoint}/`),
  );
  return above.reduce<Mount | undefined>(
    (best, mount) =>
      best === undefined || mount.mountPoint.length >= best.mountPoint.length ? mount : best,
    undefined,
  );
}

function factGaps({ blocks, mounts, swaps }: StorageFacts): readonly StorageGap[] {
  const facts = [
    ['sys/class/block', blocks, 'the block devices are not known'],
    ['proc/self/mountinfo', mounts, 'what is mounted is not known'],
    ['proc/swaps', swaps, 'what is used as swap is not known'],
  ] as const;
  return facts.flatMap(([path, fact, text]) =>
    isUnreadable(fact) ? [{ text, evidence: unreadEvidence(path, fact.errno) }] : [],
  );
}
