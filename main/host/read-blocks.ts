import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { BlockDevice } from '../../shared/storage.ts';
import { functionsOnPath } from './functions-on-path.ts';
import { readEntries, readNames, type ClassEntry } from './read-entries.ts';
import { readLine } from './read-text.ts';
import type { Source } from './source.ts';

const BLOCK = 'sys/class/block';

/** Devices that are made of others: for these a missing `slaves` is a gap, not a fact. */
const MADE_OF_OTHERS = /^(dm-|md|bcache|drbd|cas)\d/;

/**
 * Reads `sys/class/block`: where each disk hangs and what each mapped device is made of.
 *
 * @see Linux Documentation/ABI/testing/sysfs-block and block/holder.c, `bd_link_disk_holder()`
 */
export function readBlocks(source: Source): Fact<readonly BlockDevice[]> {
  const entries = readEntries(source, BLOCK);
  if (entries === undefined || isUnreadable(entries)) return entries;
  return entries.map((entry) => readBlock(source, entry));
}

/** The disk that a partition lies in: `…/block/sda/sda1`, `…/nvme0/nvme0n1/nvme0n1p1`. */
export function diskOfPartition(target: string): string | undefined {
  const [disk = '', name = ''] = target.split('/').slice(-2);
  const isPartition =
    disk !== 'block' && name.startsWith(disk) && /^p?\d+$/.test(name.slice(disk.length));
  return isPartition ? disk : undefined;
}

function readBlock(source: Source, { name, target }: ClassEntry): BlockDevice {
  const path = `${BLOCK}/${name}`;
  const disk = diskOfPartition(target);
  const subsystem = /\/(nvme-subsys\d+)\//.exec(target)?.[1];
  return {
    name,
    number: readLine(source, `${path}/dev`),
    path: functionsOnPath(target),
    disk,
    slaves: readSlaves(source, name),
    ...mappedFacts(source, name),
    ...(subsystem !== undefined && disk === undefined && { nvmeSubsystem: subsystem }),
  };
}

function readSlaves(source: Source, name: string): Fact<readonly string[]> {
  if (!MADE_OF_OTHERS.test(name)) return [];
  const slaves = readNames(source, `${BLOCK}/${name}/slaves`);
  // An active mapping has members; a list without any was not copied, or is one of zeros or errors.
  if (slaves === undefined) return unreadable('NOT_RECORDED');
  return slaves;
}

function mappedFacts(source: Source, name: string): Partial<BlockDevice> {
  const line = (file: string) => known(readLine(source, `${BLOCK}/${name}/${file}`));
  if (name.startsWith('dm-')) {
    const mappedName = line('dm/name');
    const mappedBy = line('dm/uuid')?.split('-', 1)[0];
    return { ...(mappedName && { mappedName }), ...(mappedBy && { mappedBy }) };
  }
  if (/^md\d/.test(name)) {
    const raidLevel = line('md/level');
    return raidLevel === undefined ? {} : { raidLevel };
  }
  return /^loop\d+$/.test(name)
    ? { backingFile: readLine(source, `${BLOCK}/${name}/loop/backing_file`) }
    : {};
}
