import type { Bdf } from '../../shared/bdf.ts';
import { exactBdf } from './device-path.ts';
import type { Source } from './source.ts';

/** Directories of links to what drivers made, with the name that it goes by. */
const CLASSES: readonly (readonly [directory: string, kind: string, names: RegExp])[] = [
  ['sys/class/net', 'net', /./],
  ['sys/class/infiniband', 'infiniband', /./],
  ['sys/class/nvme', 'nvme', /^nvme\d+$/],
  ['sys/class/block', 'block', /./],
  ['sys/class/drm', 'drm', /^(card|renderD)\d+$/],
  ['sys/class/sound', 'sound', /^card\d+$/],
  ['sys/bus/usb/devices', 'usb', /^usb\d+$/],
];

/**
 * Finds what the drivers of each function made of it: `net/eth0`, `block/sda`, `drm/card0`.
 *
 * A disk may hang far below its controller, so this follows the class directories up rather than
 * the directories of functions down.
 *
 * @returns Address to names, in the order of the classes. Partitions are left out.
 */
export function readChildren(source: Source): ReadonlyMap<Bdf, readonly string[]> {
  const children = new Map<Bdf, string[]>();
  for (const [directory, kind, pattern] of CLASSES) {
    const names = source.list(directory);
    for (const name of names.ok ? names.value.toSorted() : []) {
      const link = pattern.test(name) ? source.readLink(`${directory}/${name}`) : undefined;
      const bdf = link?.ok ? ownerOf(link.value, kind) : undefined;
      if (bdf === undefined) continue;
      const known = children.get(bdf);
      if (known) known.push(`${kind}/${name}`);
      else children.set(bdf, [`${kind}/${name}`]);
    }
  }
  return children;
}

/** The last function on the way to a child; `undefined` for partitions and virtual devices. */
function ownerOf(target: string, kind: string): Bdf | undefined {
  const parts = target.split('/');
  if (kind === 'block' && isPartition(parts)) return undefined;
  return parts.map(exactBdf).findLast((bdf) => bdf !== undefined);
}

/** A partition lies in its disk: `…/block/sda/sda1`, `…/nvme/nvme0/nvme0n1/nvme0n1p1`. */
function isPartition(parts: readonly string[]): boolean {
  const [disk = '', name = ''] = parts.slice(-2);
  return name.startsWith(disk) && /^p?\d+$/.test(name.slice(disk.length)) && disk !== 'block';
}
