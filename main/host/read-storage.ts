import { known } from '../../shared/fact.ts';
import type { BlockDevice, StorageFacts } from '../../shared/storage.ts';
import { readBlocks } from './read-blocks.ts';
import {
  readBcache,
  readBtrfs,
  readNvmeSubsystems,
  readPhysicalVolumes,
  readZfsPools,
} from './read-members.ts';
import { readMounts, readSwaps } from './read-mounts.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

/** Reads what the host keeps on its disks. */
export function readStorage(source: Source): StorageFacts {
  const blocks = readBlocks(source);
  return {
    blocks: Array.isArray(blocks) ? withArrays(source, blocks as readonly BlockDevice[]) : blocks,
    mounts: readMounts(source),
    swaps: readSwaps(source),
    btrfs: readBtrfs(source),
    zfsPools: readZfsPools(source),
    bcacheSets: readBcache(source),
    nvmeSubsystems: readNvmeSubsystems(source),
    physicalVolumes: readPhysicalVolumes(source),
  };
}

/** `proc/mdstat` names the members of arrays whose `slaves` a copy has lost. */
function withArrays(source: Source, blocks: readonly BlockDevice[]): readonly BlockDevice[] {
  if (!blocks.some(({ name, slaves }) => /^md\d/.test(name) && !hasAny(slaves))) return blocks;
  const arrays = parseMdstat(known(readText(source, 'proc/mdstat')) ?? '');
  return blocks.map((block) => {
    const members = arrays.get(block.name);
    return members === undefined || hasAny(block.slaves) ? block : { ...block, slaves: members };
  });
}

function hasAny(slaves: BlockDevice['slaves']): boolean {
  return Array.isArray(slaves) && slaves.length > 0;
}

/** Lines of `md0 : active raid1 sdb1[1] sda1[0](F)`. @see Linux drivers/md/md.c, `md_seq_show()` */
export function parseMdstat(text: string): ReadonlyMap<string, readonly string[]> {
  const arrays = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [, name, rest = ''] = /^(md\S+) : (.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const members = rest.split(' ').map((word) => /^([^[]+)\[\d+\]/.exec(word)?.[1]);
    arrays.set(
      name,
      members.filter((member) => member !== undefined),
    );
  }
  return arrays;
}
