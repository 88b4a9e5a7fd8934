import type { Channel, EventName, Reply } from '../../shared/contract.ts';

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
    const value: unknown = JSON.parse(text);
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

function encodeBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
  if (Array.isArray(value)) return value.map(encodeBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encodeBytes(part)]));
}

function isServerMessage(value: unknown): value is ServerMessage {
  if (typeof value !== 'object' || value === null) return false;
  return ('id' in value && 'reply' in value) || 'event' in value;
}
