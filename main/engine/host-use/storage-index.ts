import type { Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { BlockDevice, StorageFacts } from '../../../shared/storage.ts';
import { listNames } from './make-finding.ts';
import { findUses, type DiskUse } from './storage-uses.ts';
import type { Reach, StorageGap } from './storage-walk.ts';

/** A use that rests on a function, and by which way. */
export interface DiskHit {
  readonly use: DiskUse;
  readonly reach: Reach;
}

/** A layer that has a disk as its member. */
export interface Holder {
  readonly what: string;
  readonly evidence: string;
}

/** What the disks of a host are used for, by function and by name. */
export interface StorageIndex {
  readonly hits: ReadonlyMap<Bdf, readonly DiskHit[]>;
  /** Whole disks; the hidden ones of single paths (`nvme0c1n1`) repeat those of the subsystem. */
  readonly disks: ReadonlyMap<Bdf, readonly BlockDevice[]>;
  /** By disk; what holds a partition holds its disk. */
  readonly holders: ReadonlyMap<string, Holder>;
  /** Facts that could not be read: any disk may be in use for what they would have told. */
  readonly gaps: readonly StorageGap[];
}

/** Remembered by the facts, which never change: a host asks for each of its groups. */
const REMEMBERED = new WeakMap<StorageFacts, StorageIndex>();

/** Follows every mount and swap area of a host down to its disks, once. */
export function storageIndex(storage: StorageFacts): StorageIndex {
  const remembered = REMEMBERED.get(storage);
  if (remembered) return remembered;
  const { uses, gaps } = findUses(storage);
  const index = {
    hits: indexHits(uses),
    disks: indexDisks(storage),
    holders: indexHolders(storage),
    gaps,
  };
  REMEMBERED.set(storage, index);
  return index;
}

/** One hit for each use and function, the first way found. */
function indexHits(uses: readonly DiskUse[]): ReadonlyMap<Bdf, readonly DiskHit[]> {
  const hits = new Map<Bdf, DiskHit[]>();
  for (const use of uses) {
    const seen = new Set<Bdf>();
    for (const reach of use.walk.reaches) {
      for (const bdf of reach.path) {
        if (!seen.has(bdf)) append(hits, bdf, { use, reach });
        seen.add(bdf);
      }
    }
  }
  return hits;
}

function indexDisks(storage: StorageFacts): ReadonlyMap<Bdf, readonly BlockDevice[]> {
  const disks = new Map<Bdf, BlockDevice[]>();
  const subsystems = new Map(
    (known(storage.nvmeSubsystems) ?? []).map(({ name, controllers }) => [name, controllers]),
  );
  for (const block of known(storage.blocks) ?? []) {
    if (block.disk !== undefined || /^nvme\d+c\d+n\d+$/.test(block.name)) continue;
    const controllers = subsystems.get(block.nvmeSubsystem ?? '') ?? [];
    const paths = [block.path, ...controllers.map(({ path }) => path)];
    for (const bdf of new Set(paths.flat())) append(disks, bdf, block);
  }
  return disks;
}

function indexHolders(storage: StorageFacts): ReadonlyMap<string, Holder> {
  const blocks = known(storage.blocks) ?? [];
  const diskOf = new Map(blocks.map(({ name, disk }) => [name, disk ?? name]));
  const holders = new Map<string, Holder>();
  const hold = (members: readonly string[], holder: Holder) => {
    for (const member of members) {
      const disk = diskOf.get(member);
      if (disk !== undefined && !holders.has(disk)) holders.set(disk, holder);
    }
  };
  for (const upper of blocks) {
    const evidence = `sys/class/block/${upper.name}/slaves`;
    hold(known(upper.slaves) ?? [], { what: layerName(upper), evidence });
  }
  const sets = [
    ['the btrfs', storage.btrfs, 'sys/fs/btrfs'],
    ['the ZFS pool', storage.zfsPools, 'zpool status -LP'],
    ['the LVM volume group', storage.physicalVolumes, 'pvs'],
  ] as const;
  for (const [what, fact, evidence] of sets) {
    for (const { name, members } of known(fact) ?? []) {
      hold(members, { what: `${what} ${name}`, evidence: `${evidence}: ${name}` });
    }
  }
  for (const { backing, caches } of known(storage.bcacheSets) ?? []) {
    hold(caches, { what: `bcache for ${listNames(backing)}`, evidence: 'sys/fs/bcache' });
  }
  return holders;
}

function layerName({ name, mappedName, mappedBy, raidLevel }: BlockDevice): string {
  const kind = mappedBy ?? raidLevel;
  const called = mappedName ?? name;
  return kind === undefined ? called : `${called} (${kind})`;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
