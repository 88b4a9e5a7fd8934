import type { Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { BlockDevice, StorageFacts } from '../../../shared/storage.ts';
import { unreadEvidence } from './make-finding.ts';

/** A disk that a file system or a layer rests on in the end. */
export interface Reach {
  /** PCI functions that the disk hangs on, from the root on. */
  readonly path: readonly Bdf[];
  /** Names from the top down: `dm-0`, `md0`, `nvme0n1p3`, `nvme0n1`. */
  readonly chain: readonly string[];
}

/** Where a layer rests, as far as the reading shows. */
export interface Walk {
  readonly reaches: readonly Reach[];
  /** Why it may rest on more: one reason for each gap, with its evidence. */
  readonly gaps: readonly StorageGap[];
}

export interface StorageGap {
  readonly text: string;
  readonly evidence: string;
}

/** Follows block devices down to the functions that they hang on. */
export interface StorageWalker {
  find(name: string): BlockDevice | undefined;
  /** @param name - As in `sys/class/block`. */
  walk(name: string): Walk;
  /** All pools, for a volume of ZFS that does not say of which. */
  walkAll(names: readonly string[]): Walk;
}

/** Layers that are followed; people stack five or six. */
export const MAX_LAYERS = 64;

/** @param fileWalk - Where a file lies: the walk of the mount that holds it. */
export function makeWalker(
  storage: StorageFacts,
  blocks: readonly BlockDevice[],
  fileWalk: (path: string) => Walk,
): StorageWalker {
  const byName = new Map(blocks.map((block) => [block.name, block]));
  const answers = new Map<string, Walk>();
  const walk = (name: string): Walk => {
    const answer = answers.get(name) ?? step(name, []);
    answers.set(name, answer);
    return answer;

    // Each device counts once, so that neither circles nor diamonds cost anything.
    function step(
      at: string,
      above: readonly string[],
      seen: Set<string> = new Set<string>(),
    ): Walk {
      const block = byName.get(at);
      if (block === undefined) {
        return gap(`${at} is not among the block devices`, `sys/class/block/${at}: missing`);
      }
      if (seen.has(at)) return NOWHERE;
      if (above.length >= MAX_LAYERS) return gap(`${at} lies below too many layers`, at);
      seen.add(at);
      const chain = [...above, at];
      const isPart = block.disk !== undefined && byName.has(block.disk);
      const below = [
        ...(isPart ? [block.disk ?? ''] : belowBy(block, storage)),
        ...cachesOf(at, storage),
      ];
      return joinWalks([
        !isPart && block.path.length > 0
          ? { reaches: [{ path: block.path, chain }], gaps: [] }
          : NOWHERE,
        ...below.map((next) => step(next, chain, seen)),
        ...controllerWalks(block, storage, chain),
        ...gapsOf(block, storage),
        typeof block.backingFile === 'string'
          ? prefix(fileWalk(block.backingFile), chain)
          : NOWHERE,
      ]);
    }
  };
  return {
    find: (name) => byName.get(name),
    walk,
    walkAll: (names) => joinWalks(names.map(walk)),
  };
}

export const NOWHERE: Walk = { reaches: [], gaps: [] };

export function gap(text: string, evidence: string): Walk {
  return { reaches: [], gaps: [{ text, evidence }] };
}

export function joinWalks(walks: readonly Walk[]): Walk {
  return {
    reaches: walks.flatMap(({ reaches }) => reaches),
    gaps: walks.flatMap(({ gaps }) => gaps),
  };
}

function prefix(walk: Walk, chain: readonly string[]): Walk {
  return {
    ...walk,
    reaches: walk.reaches.map((reach) => ({ ...reach, chain: [...chain, ...reach.chain] })),
  };
}

/** The members of a mapped device, an array, a cache, or of the pools of a ZFS volume. */
function belowBy(block: BlockDevice, storage: StorageFacts): readonly string[] {
  if (/^zd\d+$/.test(block.name)) {
    return (known(storage.zfsPools) ?? []).flatMap(({ members }) => members);
  }
  return known(block.slaves) ?? [];
}

/** Writes to a backing device of bcache may still lie in the cache alone. */
function cachesOf(name: string, storage: StorageFacts): readonly string[] {
  const sets = known(storage.bcacheSets) ?? [];
  return sets.filter(({ backing }) => backing.includes(name)).flatMap(({ caches }) => caches);
}

/** Every path of a namespace counts: its ports are ports of one disk. */
function controllerWalks(
  { nvmeSubsystem }: BlockDevice,
  storage: StorageFacts,
  chain: readonly string[],
): readonly Walk[] {
  if (nvmeSubsystem === undefined) return [];
  const subsystem = known(storage.nvmeSubsystems)?.find(({ name }) => name === nvmeSubsystem);
  if (subsystem === undefined || subsystem.controllers.length === 0) {
    return [gap(`the controllers of ${nvmeSubsystem} are not known`, `sys/class/nvme-subsystem`)];
  }
  const reaches = subsystem.controllers
    .filter(({ path }) => path.length > 0)
    .map(({ name, path }) => ({ path, chain: [...chain, nvmeSubsystem, name] }));
  return [{ reaches, gaps: [] }];
}

function gapsOf(block: BlockDevice, storage: StorageFacts): readonly Walk[] {
  const { name, slaves, backingFile } = block;
  const path = `sys/class/block/${name}`;
  if (isUnreadable(slaves)) {
    return [
      gap(`what ${name} is made of is not known`, unreadEvidence(`${path}/slaves`, slaves.errno)),
    ];
  }
  if (slaves?.length === 0 && /^(dm-|md|bcache|drbd|cas)\d/.test(name)) {
    return [gap(`what ${name} is made of is not known`, `${path}/slaves: empty`)];
  }
  if (isUnreadable(backingFile)) {
    const evidence = unreadEvidence(`${path}/loop/backing_file`, backingFile.errno);
    return [gap(`the file behind ${name} is not known`, evidence)];
  }
  if (/^zd\d+$/.test(name) && isUnreadable(storage.zfsPools)) {
    return [gap(`the disks of the ZFS volume ${name} are not known`, 'zpool status: not recorded')];
  }
  return /^bcache\d+$/.test(name) && isUnreadable(storage.bcacheSets)
    ? [gap(`the cache of ${name} is not known`, 'sys/fs/bcache: not recorded')]
    : [];
}
