import { MalformedJsonError, parseJson, stringifyJson } from './codec.ts';

/**
 * The messages of the WebSocket. A window sends requests; the server answers each with a reply that
 * carries the request's number, and sends events at any time.
 */
export interface RequestMessage {
  readonly id: number;
  readonly channel: string;
  readonly args: unknown;
}

/**
 * Reads a request.
 *
 * @param text - One text frame, as it came from outside.
 * @returns The request. Its `args` are not yet checked: the backend parses them by the contract.
 * @remarks Throws `MalformedJsonError` and nothing else.
 */
export function parseRequest(text: string): RequestMessage {
  const message = parseJson(text);
  if (!isRecord(message)) throw new MalformedJsonError('A message must be an object');
  const { id, channel, args } = message;
  if (!Number.isSafeInteger(id)) throw new MalformedJsonError('A request needs a number');
  if (typeof channel !== 'string') throw new MalformedJsonError('A request needs a channel');
  return { id: id as number, channel, args };
}

/** Text of the answer to request `id`. */
export function replyText(id: number, reply: unknown): string {
  return stringifyJson({ id, reply });
}

/** Text of an event. */
export function eventText(name: string, payload: unknown): string {
  return stringifyJson({ event: name, payload });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
