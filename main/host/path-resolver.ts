import { ok, type Result } from '../../shared/result.ts';
import { MAX_LINK_HOPS, MAX_PATH_LENGTH } from './limits.ts';
import { directoryOf, lastComponent, resolveLink } from './link-target.ts';
import { sourceError, type SourceError } from './source.ts';

/** What lies at a path whose directories are no links. */
export type Probe =
  | { readonly kind: 'directory' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'failed'; readonly errno: string };

/** How a resolver looks at its tree. */
export interface TreeLooks {
  /** Looks at one path without following it. */
  probe(path: string): Probe;
  /** Names of the real directories in a directory, as far as one call tells them. */
  directoriesIn?(path: string): readonly string[];
}

/** After so many single looks into one directory it is cheaper to list it. */
const LOOKS_BEFORE_LISTING = 8;

/**
 * Follows links inside a tree and nowhere else.
 *
 * The kernel would follow a link out of a directory that somebody sent; so each directory on a
 * way is looked at once, and links among them are resolved here.
 */
export class PathResolver {
  readonly #tree: TreeLooks;
  readonly #resolved = new Map<string, Result<string, SourceError>>([['', ok('')]]);
  readonly #looks = new Map<string, number>();

  constructor(tree: TreeLooks) {
    this.#tree = tree;
  }

  /**
   * Finds the directory that a path means.
   *
   * @returns A path without links. Fails with `EXDEV` when a link leads out of the tree, and with
   *   `ELOOP` after as many links as Linux follows.
   */
  directory(path: string): Result<string, SourceError> {
    const known = this.#resolved.get(path);
    if (known) return known;
    const above = this.#resolved.get(directoryOf(path));
    const resolved = above?.ok
      ? this.#walk(above.value, [lastComponent(path)])
      : this.#walk('', path.split('/'));
    this.#resolved.set(path, resolved);
    return resolved;
  }

  /** Finds the place of a file: its directory without links, its own name as it is. */
  file(path: string): Result<string, SourceError> {
    const directory = this.directory(directoryOf(path));
    return directory.ok ? ok(joinPath(directory.value, lastComponent(path))) : directory;
  }

  /** The path that a link at a place without links means. */
  follow(place: string, target: string): Result<string, SourceError> {
    const path = resolveLink(directoryOf(place), target);
    if (path === undefined) return sourceError('EXDEV');
    return path.length > MAX_PATH_LENGTH ? sourceError('ENAMETOOLONG') : ok(path);
  }

  #walk(start: string, components: readonly string[]): Result<string, SourceError> {
    let place = start;
    let rest = components;
    for (let hops = 0; rest.length > 0;) {
      const next = joinPath(place, rest[0] ?? '');
      const probe = this.#look(next);
      if (probe.kind === 'failed') return sourceError(probe.errno);
      if (probe.kind === 'directory') {
        place = next;
        rest = rest.slice(1);
        continue;
      }
      const target = this.follow(next, probe.target);
      if (!target.ok) return target;
      if (++hops > MAX_LINK_HOPS) return sourceError('ELOOP');
      rest = [...target.value.split('/').filter((part) => part !== ''), ...rest.slice(1)];
      place = '';
    }
    return ok(place);
  }

  /** A directory that was found before needs no second look. */
  #look(place: string): Probe {
    this.#listInPlaceOfLooking(directoryOf(place));
    const known = this.#resolved.get(place);
    if (known?.ok && known.value === place) return { kind: 'directory' };
    const probe = this.#tree.probe(place);
    if (probe.kind === 'directory') this.#resolved.set(place, ok(place));
    return probe;
  }

  #listInPlaceOfLooking(directory: string): void {
    const looks = (this.#looks.get(directory) ?? 0) + 1;
    this.#looks.set(directory, looks);
    if (looks !== LOOKS_BEFORE_LISTING) return;
    for (const name of this.#tree.directoriesIn?.(directory) ?? []) {
      const place = joinPath(directory, name);
      this.#resolved.set(place, ok(place));
    }
  }
}

/** Joins a directory, empty for the top, and what lies below it. */
export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}
