import { linkSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Entry, EntryWriter } from '../entry.ts';

/** Writes entries as files below a directory that did not exist. */
export class DirectoryWriter implements EntryWriter {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    mkdirSync(root, { mode: 0o700 });
  }

  async add(entry: Entry, _sizeBytes: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    const path = join(this.#root, entry.path);
    if (entry.kind === 'directory') {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return;
    }
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (entry.kind === 'symlink') symlinkSync(entry.target, path);
    else if (entry.kind === 'hardlink') linkSync(join(this.#root, entry.target), path);
    else await writeNew(path, entry, content);
  }

  async finish(): Promise<void> {
    // Each file is complete when it was added.
  }
}

async function writeNew(path: string, entry: Entry, content: AsyncIterable<Uint8Array>) {
  const file = await open(path, 'wx', (entry.mode & 0o777) | 0o600);
  try {
    for await (const chunk of content) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
  utimesSync(path, entry.modifiedAtMs / 1000, entry.modifiedAtMs / 1000);
}
