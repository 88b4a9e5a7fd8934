import type { Readable } from 'node:stream';
import { ArchiveRefusal } from './open-error.ts';

/** The package decides when it unpacks, at the latest when its input ends: what it may hold then. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;
/** A block of 900,000 bytes may be packed into 45: small steps keep what one of them gives small. */
const STEP_BYTES = 1024;

/**
 * Unpacks bzip2.
 *
 * @throws ArchiveRefusal where far more comes out at once than an archive of files gives.
 */
export async function* bunzipped(packed: Readable): AsyncGenerator<Uint8Array> {
  const { default: unbzip2 } = await import('unbzip2-stream');
  const unpacker = unbzip2();
  const ready: Uint8Array[] = [];
  const failures: Error[] = [];
  let heldBytes = 0;
  // What is thrown here ends the unpacking, and comes back as an error of the stream.
  unpacker.on('data', (part: Uint8Array) => {
    heldBytes += part.length;
    if (heldBytes > MAX_HELD_BYTES) throw tooMuch();
    ready.push(part);
  });
  unpacker.on('error', (error: Error) => failures.push(error));
  const take = (): Uint8Array[] => {
    if (failures[0]) throw failures[0];
    heldBytes = 0;
    return ready.splice(0);
  };
  for await (const chunk of packed as AsyncIterable<Uint8Array>) {
    for (let at = 0; at < chunk.length; at += STEP_BYTES) {
      unpacker.write(Buffer.from(chunk.subarray(at, at + STEP_BYTES)));
      yield* take();
    }
  }
  unpacker.end();
  yield* take();
}

function tooMuch(): ArchiveRefusal {
  const reason = `it unpacks to more than ${MAX_HELD_BYTES} bytes at once`;
  return new ArchiveRefusal('too-big', reason);
}
