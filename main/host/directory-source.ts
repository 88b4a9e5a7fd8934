import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import type { SourceInfo } from '../../shared/host.ts';
import { ok, type Result } from '../../shared/result.ts';
import { MAX_LINK_HOPS, PAGE_BYTES } from './limits.ts';
import type { Manifest } from './parse-manifest.ts';
import { PathResolver, type Probe } from './path-resolver.ts';
import { FileReader } from './read-file.ts';
import { fromSystemError, sourceError, type Source, type SourceError } from './source.ts';

/**
 * A directory with a tree that somebody sent or copied. Links are followed inside it only.
 *
 * @param root - The directory with `sys` in it.
 * @param manifest - Of the tree's own `manifest.json`, where it is an unpacked snapshot.
 */
export function openDirectorySource(
  root: string,
  info: SourceInfo,
  manifest: Manifest | undefined,
): Source {
  return new DirectorySource(root, info, manifest);
}

class DirectorySource implements Source {
  readonly info: SourceInfo;
  readonly manifest: Manifest | undefined;
  readonly #root: string;
  readonly #reader = new FileReader();
  readonly #resolver: PathResolver;

  constructor(root: string, info: SourceInfo, manifest: Manifest | undefined) {
    this.info = info;
    this.manifest = manifest;
    this.#root = root;
    this.#resolver = new PathResolver({
      probe: (path) => probe(`${root}/${path}`),
      directoriesIn: (path) => directoriesIn(`${root}/${path}`),
    });
  }

  list(path: string): Result<readonly string[], SourceError> {
    const place = this.#resolver.directory(path);
    if (!place.ok) return this.#refused(path, place.error);
    try {
      return ok(readdirSync(`${this.#root}/${place.value}`));
    } catch (thrown) {
      return fromSystemError(thrown);
    }
  }

  read(path: string, limitBytes = PAGE_BYTES): Result<Uint8Array, SourceError> {
    let wanted = path;
    for (let hops = 0; hops <= MAX_LINK_HOPS; hops++) {
      const place = this.#resolver.file(wanted);
      if (!place.ok) return this.#refused(path, place.error);
      const content = this.#reader.read(`${this.#root}/${place.value}`, limitBytes, false);
      if (content.ok) return content;
      if (content.error.code !== 'loop') return this.#refused(path, content.error);
      const target = this.readLink(place.value);
      if (!target.ok) return target;
      const next = this.#resolver.follow(place.value, target.value);
      if (!next.ok) return next;
      wanted = next.value;
    }
    return sourceError('ELOOP');
  }

  readLink(path: string): Result<string, SourceError> {
    const place = this.#resolver.file(path);
    if (!place.ok) return this.#refused(path, place.error);
    try {
      return ok(readlinkSync(`${this.#root}/${place.value}`));
    } catch (thrown) {
      return this.#refused(path, fromSystemError(thrown).error);
    }
  }

  /** What the collector could not read is missing here, but not absent. */
  #refused(path: string, error: SourceError): Result<never, SourceError> {
    const errno = error.code === 'absent' ? this.manifest?.unreadable.get(path) : undefined;
    return sourceError(errno ?? error.errno);
  }
}

function probe(path: string): Probe {
  try {
    const entry = lstatSync(path, { throwIfNoEntry: false });
    if (!entry) return { kind: 'failed', errno: 'ENOENT' };
    if (entry.isDirectory()) return { kind: 'directory' };
    if (!entry.isSymbolicLink()) return { kind: 'failed', errno: 'ENOTDIR' };
    return { kind: 'link', target: readlinkSync(path) };
  } catch (thrown) {
    return { kind: 'failed', errno: fromSystemError(thrown).error.errno };
  }
}

function directoriesIn(path: string): readonly string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch {
    return [];
  }
}
