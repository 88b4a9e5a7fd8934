/**
 * JSON with bytes: a `Uint8Array` crosses the WebSocket as `{"$bytes": "<base64>"}`, in both
 * directions. Everything else is plain JSON, as the contract is.
 */

/** How deep a message may be nested; the contract needs about eight. */
const MAX_DEPTH = 32;

/** What `parseJson` throws for a text that is no message. */
export class MalformedJsonError extends Error {}

/**
 * Turns plain data into text.
 *
 * @param value - Plain data and `Uint8Array`s; `undefined` members are left out, as JSON does.
 * @remarks Throws what `JSON.stringify` throws: for cycles, and for a text above V8's limit.
 */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, encoded: unknown) {
    // A Buffer has already turned itself into numbers when `encoded` arrives: look at the original.
    const original = this[key];
    return original instanceof Uint8Array ? { $bytes: toBase64(original) } : encoded;
  });
}

/**
 * Turns text into plain data.
 *
 * @remarks Throws `MalformedJsonError` for text that is no JSON, is nested too deep or names bytes
 *   that are no base64. The text comes from outside, so this is the only way it may throw.
 */
export function parseJson(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new MalformedJsonError('The message is no JSON');
  }
  return decode(parsed, 0);
}

function decode(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) throw new MalformedJsonError('The message is nested too deep');
  if (Array.isArray(value)) return value.map((item) => decode(item, depth + 1));
  if (Object.hasOwn(value, '$bytes')) return decodeBytes(value);
  const members = Object.entries(value).map(([key, member]) => [key, decode(member, depth + 1)]);
  // fromEntries defines own members, so a "__proto__" from outside stays an ordinary name.
  return Object.fromEntries(members) as unknown;
}

function decodeBytes(value: object): Uint8Array {
  const { $bytes: base64, ...rest } = value as { $bytes: unknown };
  if (typeof base64 !== 'string' || Object.keys(rest).length > 0 || base64.length % 4 !== 0) {
    throw new MalformedJsonError('Bytes must be one member of base64 text');
  }
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const buffer = Buffer.from(base64, 'base64');
  // Buffer skips what is no base64 in silence; then fewer bytes come out than the length promises.
  if (buffer.length !== (base64.length / 4) * 3 - padding) {
    throw new MalformedJsonError('Bytes must be base64');
  }
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
