import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may talk to the server. Every program and every web page on this computer can reach a
 * loopback port, so being asked proves nothing:
 *
 * - The `Host` header must be an address that we printed. A page of a foreign name that was made to
 *   resolve to 127.0.0.1 (DNS rebinding) sends its own name there.
 * - The `Origin` of a WebSocket must be our own page. Browsers let any page open a WebSocket to
 *   anywhere, but tell the truth here.
 * - The token must match. It is in the URL's fragment, which browsers never send and keep out of
 *   referrers; other users of the computer cannot read it.
 */
export interface Access {
  readonly token: string;
  /** What the server answers to: `127.0.0.1:1234` and `localhost:1234`. */
  readonly hosts: readonly string[];
}

/** Subprotocol of the messages; the server selects it, never the one that carries the token. */
export const SUBPROTOCOL = 'airlock.v1';
const TOKEN_PREFIX = 'token.';

/**
 * Makes the access rules of one server.
 *
 * @param port - The port that the server listens on.
 */
export function createAccess(port: number): Access {
  return {
    token: randomBytes(24).toString('base64url'),
    hosts: [`127.0.0.1:${port}`, `localhost:${port}`],
  };
}

/** Whether the request names this server as its host. */
export function isOurHost(access: Access, request: IncomingMessage): boolean {
  const host = request.headers.host?.toLowerCase();
  return host !== undefined && access.hosts.includes(host);
}

/** Whether a request to become a WebSocket comes from our own page and knows the token. */
export function maySpeak(access: Access, request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  if (!isOurHost(access, request) || origin !== `http://${host?.toLowerCase()}`) return false;
  const offered = offeredProtocols(request);
  const token = offered.find((name) => name.startsWith(TOKEN_PREFIX));
  return (
    offered.includes(SUBPROTOCOL) &&
    token !== undefined &&
    isSameSecret(token.slice(TOKEN_PREFIX.length), access.token)
  );
}

function offeredProtocols(request: IncomingMessage): string[] {
  const header = request.headers['sec-websocket-protocol'] ?? '';
  return header.split(',').map((name) => name.trim());
}

/** Compares in a time that does not tell how much of the guess was right, nor its length. */
function isSameSecret(guess: string, secret: string): boolean {
  return timingSafeEqual(digest(guess), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
