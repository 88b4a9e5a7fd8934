/** One entry of an archive or a directory. */
export interface Entry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink';
  /** Of a link. */
  readonly target: string;
  readonly mode: number;
  readonly modifiedAtMs: number;
}

/** An entry with the bytes of a file; they are read before the next entry is asked for. */
export interface EntryWithContent extends Entry {
  readonly content: AsyncIterable<Uint8Array>;
}

/** Where redacted entries go. */
export interface EntryWriter {
  /** @param sizeBytes - Of the content; 0 for what is no file. */
  add(entry: Entry, sizeBytes: number, content: AsyncIterable<Uint8Array>): Promise<void>;
  finish(): Promise<void>;
}

export async function* noContent(): AsyncGenerator<Uint8Array> {
  // Links and directories have none.
}
