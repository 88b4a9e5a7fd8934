/** Error numbers of Linux, as the simulated kernel answers them. */
export const ERRNO = { ENOENT: 2, EIO: 5, EBUSY: 16, ENODEV: 19, EINVAL: 22, ENOSYS: 38 } as const;

/** What an operation answers: its result, or a negative error number. */
export type Answer<T> = T | number;

/** A folder, a link or a file whose content is computed, as in sysfs. */
export type VirtualNode =
  | { readonly kind: 'folder'; readonly entries: () => ReadonlyMap<string, VirtualNode> }
  | { readonly kind: 'link'; readonly target: string }
  | VirtualFile;

/** A file that answers reads, takes writes, or both; either may take its time. */
export interface VirtualFile {
  readonly kind: 'file';
  readonly read?: () => Answer<string> | Promise<Answer<string>>;
  /** Answers 0 or a negative error number; the writer waits until then. */
  readonly write?: (text: string) => number | Promise<number>;
}

/** A folder from a plain object. */
export function folder(entries: Readonly<Record<string, VirtualNode>>): VirtualNode {
  return computedFolder(() => Object.entries(entries));
}

/** A folder whose entries are looked up anew each time. */
export function computedFolder(
  entries: () => Iterable<readonly [string, VirtualNode]>,
): VirtualNode {
  return { kind: 'folder', entries: () => new Map(entries()) };
}

/** A file that only shows a text. */
export function textFile(read: () => string): VirtualFile {
  return { kind: 'file', read };
}

export function linkTo(target: string): VirtualNode {
  return { kind: 'link', target };
}

/** Finds a node by its path below the root, without following links. */
export function findNode(root: VirtualNode, path: string): VirtualNode | undefined {
  let node: VirtualNode | undefined = root;
  for (const name of path.split('/').filter(Boolean)) {
    if (node?.kind !== 'folder') return undefined;
    node = node.entries().get(name);
  }
  return node;
}
