import type { SourceInfo } from '../../shared/host.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { ArchiveTree } from './archive-tree.ts';
import { MAX_LINK_HOPS, PAGE_BYTES } from './limits.ts';
import type { Manifest } from './parse-manifest.ts';
import { joinPath, PathResolver, type Probe } from './path-resolver.ts';
import { sourceError, type Source, type SourceError } from './source.ts';

/**
 * A tree that was read from an archive into memory.
 *
 * @param root - The folder of the archive that `sys` lies in; empty for its top.
 * @param manifest - Where the archive is a snapshot of ours.
 */
export function openArchiveTree(
  tree: ArchiveTree,
  root: string,
  info: SourceInfo,
  manifest: Manifest | undefined,
): Source {
  return new ArchiveSource(tree, root, info, manifest);
}

class ArchiveSource implements Source {
  readonly info: SourceInfo;
  readonly manifest: Manifest | undefined;
  readonly #tree: ArchiveTree;
  readonly #root: string;
  readonly #resolver: PathResolver;

  constructor(tree: ArchiveTree, root: string, info: SourceInfo, manifest: Manifest | undefined) {
    this.info = info;
    this.manifest = manifest;
    this.#tree = tree;
    this.#root = root;
    this.#resolver = new PathResolver({ probe: (path) => this.#probe(path) });
  }

  list(path: string): Result<readonly string[], SourceError> {
    const place = this.#resolver.directory(path);
    if (!place.ok) return this.#refused(path, place.error.errno);
    const names = this.#tree.names(this.#inArchive(place.value));
    return names ? ok(names) : this.#refused(path, 'ENOENT');
  }

  read(path: string, limitBytes = PAGE_BYTES): Result<Uint8Array, SourceError> {
    let wanted = path;
    for (let hops = 0; hops <= MAX_LINK_HOPS; hops++) {
      const place = this.#resolver.file(wanted);
      if (!place.ok) return this.#refused(path, place.error.errno);
      const target = this.#tree.linkTarget(this.#inArchive(place.value));
      if (target === undefined) return this.#content(path, place.value, limitBytes);
      const next = this.#resolver.follow(place.value, target);
      if (!next.ok) return next;
      wanted = next.value;
    }
    return sourceError('ELOOP');
  }

  readLink(path: string): Result<string, SourceError> {
    const place = this.#resolver.file(path);
    if (!place.ok) return this.#refused(path, place.error.errno);
    const target = this.#tree.linkTarget(this.#inArchive(place.value));
    if (target !== undefined) return ok(target);
    return this.#refused(path, this.#exists(place.value) ? 'EINVAL' : 'ENOENT');
  }

  #content(path: string, place: string, limitBytes: number): Result<Uint8Array, SourceError> {
    const content = this.#tree.content(this.#inArchive(place));
    if (content === 'left-out') return sourceError('EFBIG');
    if (content !== undefined) return ok(content.subarray(0, limitBytes));
    return this.#refused(path, this.#exists(place) ? 'EISDIR' : 'ENOENT');
  }

  #exists(place: string): boolean {
    const path = this.#inArchive(place);
    return this.#tree.content(path) !== undefined || this.#tree.names(path) !== undefined;
  }

  /** Anything but a link or a file may be a directory; what is asked for in it decides. */
  #probe(path: string): Probe {
    const target = this.#tree.linkTarget(this.#inArchive(path));
    if (target !== undefined) return { kind: 'link', target };
    const isFile = this.#tree.content(this.#inArchive(path)) !== undefined;
    return isFile ? { kind: 'failed', errno: 'ENOTDIR' } : { kind: 'directory' };
  }

  #inArchive(path: string): string {
    return this.#root === '' ? path : joinPath(this.#root, path);
  }

  /** What the collector could not read is missing here, but not absent. */
  #refused(path: string, errno: string): Result<never, SourceError> {
    const recorded = errno === 'ENOENT' ? this.manifest?.unreadable.get(path) : undefined;
    return sourceError(recorded ?? errno);
  }
}
