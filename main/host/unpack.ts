import { createReadStream } from 'node:fs';
import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Limits } from './limits.ts';
import { ArchiveRefusal } from './open-error.ts';
import { bunzipped } from './bunzip.ts';
import { quoteName } from './quote-name.ts';
import { explainXz, unxzipped } from './unxz.ts';

/** How the bytes of an archive are packed. */
export type Packing = 'none' | 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'zip';

/** First bytes of packed files, in hexadecimal. */
const PACKINGS: readonly (readonly [magic: string, packing: Packing])[] = [
  ['1f8b', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['fd377a585a00', 'xz'],
  ['425a68', 'bzip2'],
  ['504b0304', 'zip'],
];

/** First bytes of archives that are not read, with what they are and who unpacks them. */
const UNSUPPORTED: readonly (readonly [magic: string, what: string])[] = [
  ['377abcaf271c', 'a 7z archive: unpack it into a directory and open that'],
];

const CHUNK_BYTES = 256 * 1024;

/**
 * Tells by the first bytes of a file how it is packed; names lie.
 *
 * @returns `none` for anything unknown, which then is a tar archive or is refused by its reader.
 * @throws ArchiveRefusal for kinds that are known and not read.
 */
export function detectPacking(head: Uint8Array): Packing {
  const hex = Buffer.from(head.subarray(0, 8)).toString('hex');
  const unsupported = UNSUPPORTED.find(([magic]) => hex.startsWith(magic));
  if (unsupported) throw new ArchiveRefusal('unsupported', `it is ${unsupported[1]}`);
  return PACKINGS.find(([magic]) => hex.startsWith(magic))?.[1] ?? 'none';
}

/** Packed bytes as they come, and how many came so far. */
export interface PackedStream {
  readonly stream: Readable;
  bytesRead(): number;
}

export function packedFile(path: string): PackedStream {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return { stream, bytesRead: () => stream.bytesRead };
}

export function packedBytes(bytes: Uint8Array): PackedStream {
  return { stream: Readable.from(piecesOf(bytes)), bytesRead: () => bytes.length };
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield bytes.subarray(start, start + CHUNK_BYTES);
  }
}

/**
 * Unpacks xz by means that this area does not have. Errors of the stream say what is wrong.
 *
 * @returns `undefined` where it cannot; the packed bytes are untouched then.
 */
export type Unxz = (packed: Readable) => Promise<AsyncIterable<Uint8Array> | undefined>;

/**
 * Unpacks piece by piece.
 *
 * @param unxz - Tried first for xz.
 * @throws ArchiveRefusal when the packed data end early or are damaged, and when far more comes
 *   out than went in or than the limits allow.
 */
export async function* unpack(
  packed: PackedStream,
  packing: Packing,
  limits: Limits,
  unxz?: Unxz,
): AsyncGenerator<Uint8Array> {
  const stream = await unpacked(packed.stream, packing, unxz);
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      checkExpansion(bytes, packed.bytesRead(), limits);
      yield chunk;
    }
  } catch (thrown) {
    throw explain(thrown, packing, bytes);
  } finally {
    stream.destroy();
    packed.stream.destroy();
  }
}

async function unpacked(
  packed: Readable,
  packing: Packing,
  unxz: Unxz | undefined,
): Promise<Readable> {
  if (packing === 'none') return packed;
  if (packing === 'xz') return Readable.from((await unxz?.(packed)) ?? (await unxzipped(packed)));
  if (packing === 'bzip2') return Readable.from(bunzipped(packed));
  const unpacker = inflater(packing);
  // The consumer of the second stream meets the errors of both.
  pipeline(packed, unpacker, () => undefined);
  return unpacker;
}

function inflater(packing: Packing): Transform {
  const options = { chunkSize: CHUNK_BYTES };
  return packing === 'gzip' ? createGunzip(options) : createZstdDecompress(options);
}

function checkExpansion(unpackedBytes: number, packedBytes: number, limits: Limits): void {
  if (unpackedBytes > limits.archiveBytes) {
    const reason = `it unpacks to more than ${limits.archiveBytes} bytes`;
    throw new ArchiveRefusal('too-big', reason);
  }
  if (
    unpackedBytes > limits.ratioFromBytes &&
    unpackedBytes > packedBytes * limits.expansionRatio
  ) {
    const reason = `it unpacks to more than ${limits.expansionRatio} times its size`;
    throw new ArchiveRefusal('too-big', reason);
  }
}

function explain(thrown: unknown, packing: Packing, bytes: number): unknown {
  if (thrown instanceof ArchiveRefusal || !(thrown instanceof Error)) return thrown;
  const code = 'code' in thrown ? String(thrown.code) : '';
  const place = `after ${bytes} unpacked bytes`;
  if (code === '' && packing === 'xz') return explainXz(thrown.message, place);
  if (code === 'Z_BUF_ERROR') {
    return new ArchiveRefusal('truncated', `the ${packing} data end early, ${place}`);
  }
  if (code.startsWith('Z_') || code.startsWith('ZSTD_')) {
    return new ArchiveRefusal('damaged', `the ${packing} data are damaged ${place}`);
  }
  if (code === '' && packing === 'bzip2') {
    const reason = quoteName(thrown.message);
    return new ArchiveRefusal('damaged', `the ${packing} data are damaged ${place} (${reason})`);
  }
  return new ArchiveRefusal('unreadable', `reading failed ${place}: ${code || thrown.message}`);
}
