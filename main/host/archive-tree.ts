import { ContentStore } from './content-store.ts';
import { isReportFile } from './report-files.ts';
import { directoryOf, lastComponent } from './link-target.ts';
import { joinPath } from './path-resolver.ts';

/** Marks a file whose content was left out because of its size. */
const LEFT_OUT = -1;

/** The files, links and directories of one archive in memory. */
export class ArchiveTree {
  readonly #contents = new ContentStore();
  readonly #files = new Map<string, number>();
  readonly #links = new Map<string, string>();
  readonly #directories = new Set<string>();
  #names: Map<string, string[]> | undefined;

  /** Number of entries kept so far. */
  get size(): number {
    return this.#files.size + this.#links.size + this.#directories.size;
  }

  addDirectory(path: string): void {
    this.#directories.add(path);
  }

  /** Of two entries with one name the later counts, as when unpacking. */
  addLink(path: string, target: string): void {
    this.#files.delete(path);
    this.#links.set(path, target);
  }

  /** Adds a file from its parts, which are copied. */
  addFile(path: string, parts: readonly Uint8Array[], length: number): void {
    this.#links.delete(path);
    this.#files.set(path, this.#contents.add(parts, length));
  }

  /** Remembers that a file exists, without its content. */
  addOversizedFile(path: string): void {
    this.#files.set(path, LEFT_OUT);
  }

  /** A second name of a file that came before; ignored where that one was not kept. */
  addHardLink(path: string, target: string): void {
    const content = this.#files.get(target);
    if (content !== undefined) this.#files.set(path, content);
  }

  /** Content of a file; `undefined` where there is no such file. */
  content(path: string): Uint8Array | 'left-out' | undefined {
    const content = this.#files.get(path);
    if (content === undefined) return undefined;
    return content === LEFT_OUT ? 'left-out' : this.#contents.get(content);
  }

  linkTarget(path: string): string | undefined {
    return this.#links.get(path);
  }

  /** Names in a directory; `undefined` where no entry lies there. */
  names(directory: string): readonly string[] | undefined {
    this.#names ??= this.#indexNames();
    return this.#names.get(directory);
  }

  /**
   * Where trees with a `sys` lie: the top of the archive, written as the empty string, or else
   * folders in it. `proc/sys` is no such tree.
   */
  treeRoots(): readonly string[] {
    if (this.names('sys')) return [''];
    const folders = (this.names('') ?? []).filter((name) => name !== 'proc');
    return folders.filter((folder) => this.names(joinPath(folder, 'sys')) !== undefined);
  }

  /** Where reports lie: the top of the archive or its only folder; `undefined` without any. */
  reportRoot(): string | undefined {
    const hasReport = (root: string) =>
      this.#filesBelow(root).some((path) =>
        isReportFile(path.slice(root === '' ? 0 : root.length + 1)),
      );
    if (hasReport('')) return '';
    const [folder, ...others] = this.names('') ?? [];
    return folder !== undefined && others.length === 0 && hasReport(folder) ? folder : undefined;
  }

  #filesBelow(root: string): readonly string[] {
    const paths = [...this.#files.keys()];
    return root === '' ? paths : paths.filter((path) => path.startsWith(`${root}/`));
  }

  /** Many tools leave out the entries of directories: these follow from the names of the rest. */
  #indexNames(): Map<string, string[]> {
    const names = new Map<string, string[]>([['', []]]);
    for (const path of this.#directories) namesIn(names, path);
    for (const path of this.#files.keys())
      namesIn(names, directoryOf(path)).push(lastComponent(path));
    for (const path of this.#links.keys())
      namesIn(names, directoryOf(path)).push(lastComponent(path));
    return names;
  }
}

/** The names in a directory; one that is new is entered in the one above. */
function namesIn(names: Map<string, string[]>, directory: string): string[] {
  const known = names.get(directory);
  if (known) return known;
  const own: string[] = [];
  names.set(directory, own);
  namesIn(names, directoryOf(directory)).push(lastComponent(directory));
  return own;
}
