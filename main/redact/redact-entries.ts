import { TarWriter } from './containers/tar-writer.ts';
import { tarEntries } from './containers/tar-entries.ts';
import type { Entry, EntryWithContent, EntryWriter } from './entry.ts';
import { fileKind } from './file-kind.ts';
import { peek } from './peek.ts';
import {
  learnText,
  packed,
  recognise,
  redactConfig,
  redactText,
  unpacked,
} from './redact-content.ts';
import { learnFromPath, redactPath } from './redact-path.ts';
import type { Redaction } from './redact-line.ts';
import { Spool } from './spool.ts';

/** Archives in archives are looked into so deep; reports have one level. */
const MAX_DEPTH = 3;
const HEAD_BYTES = 4096;

/** Names a temporary file that does not exist. */
export type NameSpool = () => string;

/** Learns from all entries, before anything is replaced. */
export async function learnEntries(
  entries: AsyncIterable<EntryWithContent>,
  redaction: Redaction,
  depth = 0,
): Promise<void> {
  for await (const entry of entries) {
    learnFromPath(entry.path, redaction);
    if (entry.target !== '') learnFromPath(entry.target, redaction);
    if (entry.kind === 'file') await learnContent(entry.path, entry.content, redaction, depth);
  }
}

async function learnContent(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  redaction: Redaction,
  depth: number,
): Promise<void> {
  const content = await recognise(path, chunks);
  if (content.as === 'text') await learnText(content.chunks, path, redaction);
  if (depth >= MAX_DEPTH) return;
  if (content.as === 'tar') await learnEntries(tarEntries(content.chunks), redaction, depth + 1);
  if (content.as === 'packed') {
    const inner = unpacked(content.chunks, content.packing);
    await learnContent(unpackedName(path), inner, redaction, depth + 1);
  }
}

/** Writes all entries, redacted. */
export class EntryRedactor {
  readonly #redaction: Redaction;
  readonly #nameSpool: NameSpool;

  constructor(redaction: Redaction, nameSpool: NameSpool) {
    this.#redaction = redaction;
    this.#nameSpool = nameSpool;
  }

  async redact(
    entries: AsyncIterable<EntryWithContent>,
    writer: EntryWriter,
    depth = 0,
  ): Promise<void> {
    for await (const entry of entries) await this.#redactEntry(entry, writer, depth);
    await writer.finish();
  }

  async #redactEntry(
    { content, ...entry }: EntryWithContent,
    writer: EntryWriter,
    depth: number,
  ): Promise<void> {
    const renamed = this.#renamed(entry);
    const chunks =
      entry.kind === 'file' ? await this.#content(entry.path, content, depth) : content;
    if (typeof chunks === 'string') {
      this.#redaction.notes.leaveOut(renamed.path, chunks);
      return;
    }
    const spool = new Spool(this.#nameSpool());
    try {
      for await (const chunk of chunks) spool.write(chunk);
      await writer.add(renamed, spool.size, spool.chunks());
    } finally {
      spool.remove();
    }
  }

  #renamed(entry: Entry): Entry {
    const path = redactPath(entry.path, this.#redaction);
    const target = entry.target === '' ? '' : redactPath(entry.target, this.#redaction);
    if (path !== entry.path || target !== entry.target) this.#redaction.notes.change();
    return { ...entry, path, target };
  }

  /** The redacted bytes of a text. */
  async text(path: string, chunks: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
    return redactText(await peek(chunks, HEAD_BYTES), fileKind(path), this.#redaction);
  }

  /** The redacted bytes, or why there are none. */
  async #content(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    depth: number,
  ): Promise<AsyncIterable<Uint8Array> | string> {
    const content = await recognise(path, chunks);
    switch (content.as) {
      case 'opaque':
        return content.reason;
      case 'bytes':
        return content.chunks;
      case 'config':
        return redactConfig(content.chunks, this.#redaction);
      case 'text':
        return this.text(path, content.chunks);
      case 'tar':
        return depth < MAX_DEPTH ? this.#nested(content.chunks, depth) : TOO_DEEP;
      case 'packed': {
        if (depth >= MAX_DEPTH) return TOO_DEEP;
        const inner = unpacked(content.chunks, content.packing);
        const redacted = await this.#content(unpackedName(path), inner, depth + 1);
        return typeof redacted === 'string' ? redacted : packed(redacted, content.packing);
      }
    }
  }

  async *#nested(chunks: AsyncIterable<Uint8Array>, depth: number): AsyncGenerator<Uint8Array> {
    const spool = new Spool(this.#nameSpool());
    try {
      const writer = new TarWriter(async (chunk) => spool.write(chunk));
      await this.redact(tarEntries(chunks), writer, depth + 1);
      yield* spool.chunks();
    } finally {
      spool.remove();
    }
  }
}

const TOO_DEEP = 'it lies too deep in archives';

function unpackedName(path: string): string {
  return path.replace(/\.(gz|zst)$/, '');
}
