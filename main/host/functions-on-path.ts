import type { Bdf } from '../../shared/bdf.ts';
import { exactBdf } from './device-path.ts';

/**
 * The PCI functions that a directory of sysfs lies below, from the root on: losing any of them
 * loses what the directory stands for.
 *
 * @param path - A path in `sys/devices`, or the text of a link to one.
 * @returns Empty for virtual devices. The endpoint of a VMD counts, as its children hang on it.
 */
export function functionsOnPath(path: string): readonly Bdf[] {
  return path
    .split('/')
    .map(exactBdf)
    .filter((bdf) => bdf !== undefined);
}
