/** What a link within sysfs goes on with after it has climbed. */
const SYSFS_TOP = /^(block|bus|class|dev|devices|firmware|fs|kernel|module|power)\//;

/**
 * Resolves the text of a link by its wording.
 *
 * @param directory - Where the link lies, relative to the top of the tree.
 * @param target - The text of the link.
 * @returns The path it means, relative to the top; `undefined` when it leads out of the tree.
 *   An absolute target leads out: the kernel writes none in sysfs.
 */
export function resolveLink(directory: string, target: string): string | undefined {
  if (target.startsWith('/')) return undefined;
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/**
 * Whether a link that climbs too far is harmless: in a tree whose directories were copied to
 * another depth, the links of sysfs keep their text. Only their last component is of use then.
 */
export function isDisplacedSysfsLink(target: string): boolean {
  const descent = target.replace(/^(\.\.\/)+/, '');
  return SYSFS_TOP.test(descent) && !descent.split('/').includes('..');
}

/** The directory part of a path; empty at the top. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last component of a path or of the text of a link. */
export function lastComponent(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
