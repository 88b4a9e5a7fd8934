import { Readable } from 'node:stream';
import type * as Xz from 'xz-decompress';
import { ArchiveRefusal } from './open-error.ts';

/**
 * Unpacks xz in this process: `unpack` takes it where nobody has handed in a program. The package is
 * loaded when such an archive is read.
 */
export async function unxzipped(packed: Readable): Promise<AsyncIterable<Uint8Array>> {
  const xz = (await import('xz-decompress')) as typeof Xz & { readonly default?: typeof Xz };
  // Node gives the names of this CommonJS package below "default", a bundler as they are.
  const { XzReadableStream } = xz.default ?? xz;
  return Readable.fromWeb(new XzReadableStream(Readable.toWeb(packed) as WebStream) as NodeStream);
}

type WebStream = ReadableStream<Uint8Array>;
type NodeStream = Parameters<typeof Readable.fromWeb>[0];

/**
 * What the program of XZ Utils says on its standard error, and the number that the package gives.
 *
 * @see XZ Utils 5.4 src/xz/message.c, `message_strm()`; XZ Embedded linux/include/linux/xz.h, `enum xz_ret`
 */
const ENDS_EARLY = /unexpected end of input|error code 8$/i;
const NEEDS_MEMORY = /memory usage limit reached|error code 4$/i;

/** Tells from either what is wrong with the data. */
export function explainXz(complaint: string, place: string): ArchiveRefusal {
  if (ENDS_EARLY.test(complaint)) {
    return new ArchiveRefusal('truncated', `the xz data end early, ${place}`);
  }
  return NEEDS_MEMORY.test(complaint)
    ? new ArchiveRefusal('too-big', 'unpacking its xz data takes too much memory')
    : new ArchiveRefusal('damaged', `the xz data are damaged ${place}`);
}
