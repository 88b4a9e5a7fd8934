import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { BcacheSet, MemberSet, NvmeSubsystem } from '../../shared/storage.ts';
import { functionsOnPath } from './functions-on-path.ts';
import { directoryOf, lastComponent } from './link-target.ts';
import { readEntries, readNames } from './read-entries.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

/**
 * Reads which devices each btrfs consists of: `sys/fs/btrfs/<uuid>/devices` has a link for each.
 *
 * @see Linux fs/btrfs/sysfs.c, `btrfs_sysfs_add_device()`
 */
export function readBtrfs(source: Source): Fact<readonly MemberSet[]> {
  const names = readNames(source, 'sys/fs/btrfs');
  if (names === undefined || isUnreadable(names)) return names;
  return names.flatMap((name) => {
    const members = known(readNames(source, `sys/fs/btrfs/${name}/devices`)) ?? [];
    return members.length === 0 ? [] : [{ name, members }];
  });
}

/**
 * Reads the sets of bcache: `cacheN` and `bdevN` are links to the `bcache` folder of the device.
 *
 * @see Linux drivers/md/bcache/super.c, `register_cache_set()` and `bcache_device_link()`
 */
export function readBcache(source: Source): Fact<readonly BcacheSet[]> {
  const names = readNames(source, 'sys/fs/bcache');
  if (names === undefined || isUnreadable(names)) return names;
  return names.flatMap((name) => {
    const entries = known(readEntries(source, `sys/fs/bcache/${name}`)) ?? [];
    const devices = (pattern: RegExp) =>
      entries
        .filter((entry) => pattern.test(entry.name))
        .map(({ target }) => lastComponent(directoryOf(target)));
    const set = { backing: devices(/^bdev\d+$/), caches: devices(/^cache\d+$/) };
    return set.caches.length === 0 ? [] : [set];
  });
}

/**
 * Reads the controllers of each NVMe subsystem; a namespace with several paths lies below the
 * subsystem, not below one of them.
 *
 * @see Linux drivers/nvme/host/core.c, `nvme_init_subsystem()`
 */
export function readNvmeSubsystems(source: Source): Fact<readonly NvmeSubsystem[]> {
  const entries = readEntries(source, 'sys/class/nvme-subsystem');
  if (entries === undefined || isUnreadable(entries)) return entries;
  return entries.map(({ name }) => {
    const links = known(readEntries(source, `sys/class/nvme-subsystem/${name}`)) ?? [];
    const controllers = links
      .filter((link) => /^nvme\d+$/.test(link.name))
      .map((link) => ({ name: link.name, path: functionsOnPath(link.target) }));
    return { name, controllers };
  });
}

/** Reads the answer of `zpool status -LP`; the kernel itself shows no members of pools. */
export function readZfsPools(source: Source): Fact<readonly MemberSet[]> {
  const text = readText(source, 'airlock/zpool-status');
  if (isUnreadable(text)) return text;
  return text === undefined ? unreadable('NOT_RECORDED') : parseZpoolStatus(text);
}

/** Members stand in the table below `config:`, with logs, caches and spares, as paths. */
export function parseZpoolStatus(text: string): readonly MemberSet[] {
  const pools: { name: string; members: string[] }[] = [];
  for (const line of text.split('\n')) {
    const name = /^\s*pool: (.+)$/.exec(line)?.[1];
    if (name !== undefined) pools.push({ name: name.trim(), members: [] });
    const member = /^\s+(\/\S+)\s+[A-Z]+\b/.exec(line)?.[1];
    if (member !== undefined) pools.at(-1)?.members.push(asBlockName(member));
  }
  return pools;
}

/** Reads the answer of `pvs -o pv_name,vg_name`, separated by tabs. */
export function readPhysicalVolumes(source: Source): Fact<readonly MemberSet[]> {
  const text = readText(source, 'airlock/lvm');
  if (isUnreadable(text)) return text;
  return text === undefined ? unreadable('NOT_RECORDED') : parsePhysicalVolumes(text);
}

export function parsePhysicalVolumes(text: string): readonly MemberSet[] {
  const groups = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [device = '', group = ''] = line.trim().split('\t');
    if (!device.startsWith('/dev/') || group === '') continue;
    const known = groups.get(group);
    if (known) known.push(asBlockName(device));
    else groups.set(group, [asBlockName(device)]);
  }
  return [...groups].map(([name, members]) => ({ name, members }));
}

/** `/dev/sda3` to `sda3`; other paths stay. */
function asBlockName(path: string): string {
  return /^\/dev\/([^/]+)$/.exec(path)?.[1] ?? path;
}
