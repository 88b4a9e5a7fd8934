import { ArchiveRefusal } from '../host/open-error.ts';

/** How the bytes of a text are to be read. */
export type Encoding = 'bytes' | 'utf-16le' | 'utf-16be';

/** A line longer than this is no text of people or programs: JSON of one line has some MiB. */
const MAX_LINE_BYTES = 96 * 1024 * 1024;
const HEAD_BYTES = 4096;
/** Tab, line feed, form feed, carriage return, escape; and zero, which ends strings of firmware. */
const ORDINARY = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/** Tells by its first bytes how a text is written; `undefined` where it is none. */
export function encodingOf(head: Uint8Array): Encoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const looked = head.subarray(0, HEAD_BYTES);
  const odd = looked.filter((byte) => byte < 0x20 && !ORDINARY.has(byte)).length;
  const zeros = looked.filter((byte) => byte === 0).length;
  return odd * 20 > looked.length || zeros * 4 > looked.length ? undefined : 'bytes';
}

/** The lines of a text with their ends, each byte of its UTF-8 a character. */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decode = decoder(encoding);
  let parts: string[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    const pieces = decode(chunk).split(/(?<=\n)/);
    for (const piece of pieces) {
      parts.push(piece);
      held += piece.length;
      if (held > MAX_LINE_BYTES) throw new ArchiveRefusal('too-big', 'it has an endless line');
      if (!piece.endsWith('\n')) continue;
      yield parts.length === 1 ? piece : parts.join('');
      parts = [];
      held = 0;
    }
  }
  if (held > 0) yield parts.join('');
}

/** Turns a line back into the bytes of its encoding. */
export function encodeLine(line: string, encoding: Encoding): Uint8Array {
  if (encoding === 'bytes') return Buffer.from(line, 'latin1');
  const bytes = Buffer.from(Buffer.from(line, 'latin1').toString('utf8'), 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

function decoder(encoding: Encoding): (chunk: Uint8Array) => string {
  if (encoding === 'bytes') {
    return (chunk) =>
      Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
  }
  const utf16 = new TextDecoder(encoding, { ignoreBOM: true });
  return (chunk) => Buffer.from(utf16.decode(chunk, { stream: true }), 'utf8').toString('latin1');
}
