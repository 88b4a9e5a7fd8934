import { createGzip, createZstdCompress } from 'node:zlib';
import { Readable, type Transform } from 'node:stream';
import { ARCHIVE_LIMITS } from '../host/limits.ts';
import { detectPacking, unpack, type Packing } from '../host/unpack.ts';
import { clearDeviceSerial } from './device-serial.ts';
import { fileKind, type FileKind } from './file-kind.ts';
import { peek, type Peeked } from './peek.ts';
import type { KnownWords } from './known-words.ts';
import { redactLine, type Redaction } from './redact-line.ts';
import { RedactionNotes } from './redaction-notes.ts';
import { findVersions } from './rules/ip4.ts';
import { encodeLine, encodingOf, textLines } from './text-lines.ts';
import { TokenBook } from './token-book.ts';
import { TextRedactor } from './text-redactor.ts';

/** What a content is, by its first bytes and its place. */
export type Content =
  | { readonly as: 'text' | 'config' | 'bytes'; readonly chunks: AsyncIterable<Uint8Array> }
  | {
      readonly as: 'packed';
      readonly packing: 'gzip' | 'zstd';
      readonly chunks: AsyncIterable<Uint8Array>;
    }
  | { readonly as: 'tar'; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly as: 'opaque'; readonly reason: string };

/** How output can be packed: there is nothing here that packs with xz or bzip2. */
export type OutputPacking = 'none' | 'gzip' | 'zstd';

const HEAD_BYTES = 4096;
const TAR_MAGIC = 'ustar';
const TAR_MAGIC_AT = 257;
/** The kernel gives no more than this for one configuration space. */
const MAX_CONFIG_BYTES = 4096;

/** Tells what a content is; an empty one is a text. */
export async function recognise(path: string, chunks: AsyncIterable<Uint8Array>): Promise<Content> {
  const kind = fileKind(path);
  if (kind === 'config') return { as: 'config', chunks };
  if (kind === 'bytes') return { as: 'bytes', chunks };
  const peeked = await peek(chunks, HEAD_BYTES);
  const packing = packingOf(peeked.head);
  if (packing === 'gzip' || packing === 'zstd')
    return { as: 'packed', packing, chunks: peeked.chunks };
  if (packing !== 'none') return opaque('it is an archive of a kind that is not written');
  if (isTar(peeked.head)) return { as: 'tar', chunks: peeked.chunks };
  if (encodingOf(peeked.head) === undefined) return opaque('it is no text');
  return { as: 'text', chunks: peeked.chunks };
}

function opaque(reason: string): Content {
  return { as: 'opaque', reason };
}

/** Kinds that are known and never read count as a kind that is not written. */
function packingOf(head: Uint8Array): Packing {
  try {
    return detectPacking(head);
  } catch {
    return 'zip';
  }
}

/** Whether a tar archive begins here: the first header has its mark. */
export function isTar({ length, buffer, byteOffset }: Uint8Array): boolean {
  const magic = Buffer.from(buffer, byteOffset, length).toString(
    'latin1',
    TAR_MAGIC_AT,
    TAR_MAGIC_AT + 5,
  );
  return magic === TAR_MAGIC;
}

/** Learns from every line of a text. */
export async function learnText(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
  { book, words }: Redaction,
): Promise<void> {
  const { head, chunks: all } = await peek(chunks, HEAD_BYTES);
  const isName = fileKind(path) === 'name';
  for await (const line of textLines(all, encodingOf(head) ?? 'bytes')) {
    book.reserve(line);
    words.learn(line);
    learnVersions(line, words);
    const name = line.replace(/[ \t\r\n\0]+$/, '');
    if (isName && /^[\w.-]+$/.test(name) && !/^localhost/.test(name)) words.add('host', name);
  }
}

/** What calls them a version has to be there in the redacted line too: it is what a second
 * redaction learns from. */
function learnVersions(line: string, words: KnownWords): void {
  if (findVersions(line).length === 0) return;
  const scratch = { book: new TokenBook(), words, notes: new RedactionNotes() };
  for (const version of findVersions(redactLine(line, 'text', scratch))) words.addVersion(version);
}

/** Redacts a text line by line. */
export async function* redactText(
  { head, chunks }: Peeked,
  kind: FileKind,
  redaction: Redaction,
): AsyncGenerator<Uint8Array> {
  const encoding = encodingOf(head) ?? 'bytes';
  const text = new TextRedactor(kind, redaction);
  let held = '';
  for await (const line of textLines(chunks, encoding)) {
    held += text.push(line);
    if (held.length < HEAD_BYTES * 16) continue;
    yield encodeLine(held, encoding);
    held = '';
  }
  yield encodeLine(held + text.end(), encoding);
}

/** Clears the serial number in the bytes of a configuration space. */
export async function* redactConfig(
  chunks: AsyncIterable<Uint8Array>,
  { notes }: Redaction,
): AsyncGenerator<Uint8Array> {
  const { head, chunks: all } = await peek(chunks, MAX_CONFIG_BYTES);
  const bytes = Uint8Array.from(head);
  if (clearDeviceSerial(bytes)) notes.clearSerial();
  yield bytes;
  let skipped = 0;
  for await (const chunk of all) {
    const rest = chunk.subarray(Math.max(0, bytes.length - skipped));
    skipped += chunk.length;
    if (rest.length > 0) yield rest;
  }
}

/** Unpacks what is packed, within the limits of archives. */
export function unpacked(
  chunks: AsyncIterable<Uint8Array>,
  packing: Packing,
): AsyncIterable<Uint8Array> {
  let bytesRead = 0;
  const counted = async function* () {
    for await (const chunk of chunks) {
      bytesRead += chunk.length;
      yield chunk;
    }
  };
  const stream = Readable.from(counted(), { objectMode: false });
  return unpack({ stream, bytesRead: () => bytesRead }, packing, ARCHIVE_LIMITS);
}

/** Packs again. */
export function packed(
  chunks: AsyncIterable<Uint8Array>,
  packing: 'gzip' | 'zstd',
): AsyncIterable<Uint8Array> {
  const packer: Transform = packing === 'gzip' ? createGzip() : createZstdCompress();
  const feed = Readable.from(chunks, { objectMode: false });
  feed.on('error', (error) => packer.destroy(error));
  return feed.pipe(packer) as AsyncIterable<Uint8Array>;
}
