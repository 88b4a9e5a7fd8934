import type { Channel, EventName, Reply } from '../../shared/contract.ts';

/** The member that stands for bytes, as in `main/serve/codec.ts`. */
const BYTES = '$bytes';

/** A reply to a request, or an event. */
export type ServerMessage =
  | { readonly id: number; readonly reply: Reply<Channel> }
  | { readonly event: EventName; readonly payload: unknown };

/** One request as JSON text; bytes become `{"$bytes": "<base64>"}`. */
export function encodeRequest(id: number, channel: Channel, args: unknown): string {
  return JSON.stringify({ id, channel, args: encodeBytes(args) });
}

/** Reads a message of the server; `undefined` when it is none. */
export function decodeMessage(text: unknown): ServerMessage | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    // A reviver looks at every member: only where there are bytes is it worth its time.
    const value: unknown = text.includes(`"${BYTES}"`)
      ? JSON.parse(text, (_key, part: unknown) => decodeBytes(part))
      : JSON.parse(text);
    return isServerMessage(value) ? value : undefined;
  } catch (cause) {
    console.warn('Airlock sent a message that is not JSON', cause);
    return undefined;
  }
}

/** Base64 of bytes, in pieces: `String.fromCharCode` takes no more than some 100,000 arguments. */
export function toBase64(bytes: Uint8Array): string {
  const step = 0x8000;
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += step) {
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + step)));
  }
  return btoa(pieces.join(''));
}

function decodeBytes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(BYTES in value)) return value;
  const base64 = value[BYTES];
  return typeof base64 === 'string'
    ? Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    : value;
}

function encodeBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return { [BYTES]: toBase64(value) };
  if (Array.isArray(value)) return value.map(encodeBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encodeBytes(part)]));
}

function isServerMessage(value: unknown): value is ServerMessage {
  if (typeof value !== 'object' || value === null) return false;
  return ('id' in value && 'reply' in value) || 'event' in value;
}
