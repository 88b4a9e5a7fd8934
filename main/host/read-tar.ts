import { extract, type ExtractEvents, type Header } from 'tar-stream';
import type { ArchiveTree } from './archive-tree.ts';
import { checkEntryName, checkLink, isKept } from './check-entry.ts';
import type { Limits } from './limits.ts';
import { ArchiveRefusal } from './open-error.ts';
import { quoteName } from './quote-name.ts';

/**
 * Reads a tar stream into memory, keeping what the reader of a host may want.
 *
 * Reading stops at the first violation of a limit and at the first unsafe entry, so that neither
 * the size nor the number of entries of a hostile archive matters.
 *
 * @param chunks - The unpacked stream; it is left unfinished when the archive ends before.
 * @throws ArchiveRefusal when the stream is no tar archive, ends early, is damaged, unsafe or too
 *   large.
 */
export async function readTar(
  chunks: AsyncIterable<Uint8Array>,
  tree: ArchiveTree,
  limits: Limits,
): Promise<void> {
  const reader = new TarReader(tree, limits);
  for await (const chunk of chunks) {
    if (!(await reader.write(chunk))) return;
  }
  await reader.end();
}

/** The text of tar-stream's error when the stream ends within an entry. */
const ENDS_EARLY = 'Unexpected end of data';
const BLOCK_BYTES = 512;

type Next = (error?: Error | null) => void;

/** Tars of the time before POSIX have no magic; tar-stream's types leave the option out. */
const EXTRACT_OPTIONS: Parameters<typeof extract>[0] & { readonly allowUnknownFormat: boolean } = {
  allowUnknownFormat: true,
};

/** Feeds the parser and decides about each entry. */
class TarReader {
  readonly #extract = extract(EXTRACT_OPTIONS);
  readonly #tree: ArchiveTree;
  readonly #limits: Limits;
  #entries = 0;
  #keptBytes = 0;
  #fedBytes = 0;
  /** Where the content of the last entry ends, padding included. */
  #entriesEnd = 0;
  #lastName = '';
  #wake: (() => void) | undefined;
  #failure: Error | undefined;

  constructor(tree: ArchiveTree, limits: Limits) {
    this.#tree = tree;
    this.#limits = limits;
    this.#extract.on('entry', (header, content, next) => {
      this.#takeEntry(header as TarHeader, content, next);
    });
    this.#extract.on('error', (error) => this.#settle(error));
    this.#extract.on('drain', () => this.#settle(undefined));
    this.#extract.on('finish', () => this.#settle(undefined));
  }

  /** @returns False once nothing but padding follows. */
  async write(chunk: Uint8Array): Promise<boolean> {
    this.#fedBytes += chunk.length;
    const isReady = this.#extract.write(chunk);
    if (!isReady && !this.#failure) await this.#settled();
    this.#throwFailure();
    const isPadding = this.#fedBytes - this.#entriesEnd > this.#limits.trailingBytes;
    if (isPadding && this.#entries === 0) throw notTar();
    return !isPadding;
  }

  async end(): Promise<void> {
    this.#extract.end(undefined);
    if (!this.#failure) await this.#settled();
    this.#throwFailure();
    if (this.#entries === 0) throw notTar();
    // An archive ends with blocks of zeros: without them, it was cut between two entries.
    if (this.#fedBytes <= this.#entriesEnd) throw this.#explain(ENDS_EARLY);
  }

  #settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #settle(error: Error | undefined): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  #throwFailure(): void {
    if (this.#failure instanceof ArchiveRefusal) throw this.#failure;
    if (this.#failure) throw this.#explain(this.#failure.message);
  }

  /** tar-stream tells its errors apart by their text only. */
  #explain(message: string): ArchiveRefusal {
    if (this.#entries === 0) return notTar();
    const place = `after ${this.#entries} entries, the last one ${quoteName(this.#lastName)}`;
    return message === ENDS_EARLY
      ? new ArchiveRefusal('truncated', `the archive ends early, ${place}`)
      : new ArchiveRefusal('damaged', `the archive is damaged ${place}`);
  }

  #takeEntry(header: TarHeader, content: Content, next: Next): void {
    // The parser reports the same error itself.
    content.on('error', () => undefined);
    try {
      const wish = this.#admit(header);
      if (wish === undefined) skip(content, next);
      else this.#keep(wish, header.size, content, next);
    } catch (refusal) {
      next(refusal instanceof Error ? refusal : new Error(String(refusal)));
    }
  }

  /** Checks an entry. @returns The path of a file to keep. */
  #admit(header: TarHeader): string | undefined {
    const limits = this.#limits;
    const path = checkEntryName(header.name, limits);
    this.#lastName = header.name;
    this.#entriesEnd = header.byteOffset + paddedSize(header);
    if (++this.#entries > limits.archiveEntries) {
      throw new ArchiveRefusal('too-big', `it has more than ${limits.archiveEntries} entries`);
    }
    if (header.size > limits.archiveBytes) {
      throw new ArchiveRefusal(
        'too-big',
        `entry ${quoteName(header.name)} claims ${header.size} bytes`,
      );
    }
    if (header.linkname) this.#checkTarget(header, path, header.linkname);
    return isKept(path) ? this.#place(header, path) : undefined;
  }

  #checkTarget(header: TarHeader, path: string, target: string): void {
    if (header.type === 'symlink') checkLink(path, target);
    if (header.type === 'link') checkEntryName(target, this.#limits);
  }

  #place(header: TarHeader, path: string): string | undefined {
    if (this.#tree.size >= this.#limits.keptEntries) {
      const reason = `it has more than ${this.#limits.keptEntries} system files`;
      throw new ArchiveRefusal('too-big', reason);
    }
    const target = header.linkname ?? '';
    if (header.type === 'directory') this.#tree.addDirectory(path);
    if (header.type === 'symlink') this.#tree.addLink(path, target);
    if (header.type === 'link') this.#tree.addHardLink(path, checkEntryName(target, this.#limits));
    if (header.type !== 'file' && header.type !== 'contiguous-file') return undefined;
    if (header.size <= this.#limits.entryBytes) return path;
    this.#tree.addOversizedFile(path);
    return undefined;
  }

  #keep(path: string, size: number, content: Content, next: Next): void {
    this.#keptBytes += size;
    if (this.#keptBytes > this.#limits.keptBytes) {
      const reason = `its system files hold more than ${this.#limits.keptBytes} bytes`;
      throw new ArchiveRefusal('too-big', reason);
    }
    const parts: Uint8Array[] = [];
    content.on('data', (part) => parts.push(part as Uint8Array));
    content.on('end', () => {
      this.#tree.addFile(path, parts, size);
      next();
    });
  }
}

/** tar-stream gives more than its types say. */
interface TarHeader extends Header {
  /** Where the content begins in the unpacked stream. */
  readonly byteOffset: number;
}

type Content = ExtractEvents['entry'][1];

/** Directories have no content, whatever size they claim. */
function paddedSize(header: TarHeader): number {
  return header.type === 'directory' ? 0 : Math.ceil(header.size / BLOCK_BYTES) * BLOCK_BYTES;
}

function skip(content: Content, next: Next): void {
  content.on('end', () => next());
  content.resume();
}

function notTar(): ArchiveRefusal {
  return new ArchiveRefusal('not-an-archive', 'it is neither a directory nor a tar archive');
}
