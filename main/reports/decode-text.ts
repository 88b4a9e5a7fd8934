/**
 * Turns the bytes of a file into text, whatever wrote them: UTF-8, or UTF-16 as PowerShell writes
 * it. Bytes that are no UTF-8 become replacement characters and harm only their own line.
 *
 * @returns `undefined` where the bytes are no text: many of the first are zero or control
 *   characters.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const head = bytes.subarray(0, 4096);
  const odd = head.filter((byte) => byte < 0x20 && !ORDINARY.has(byte)).length;
  if (odd * 20 > head.length) return undefined;
  return new TextDecoder('utf-8').decode(bytes);
}

/** Tab, line feed, form feed, carriage return, and the escape that begins a colour. */
const ORDINARY: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);
