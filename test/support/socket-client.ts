import { once } from 'node:events';
import { request } from 'node:http';
import { WebSocket } from 'ws';

/** One window's side of serve mode, over a real socket. */
export class SocketClient {
  readonly socket: WebSocket;
  readonly events: unknown[] = [];
  /** Close code, once the connection has ended. */
  readonly closed: Promise<number>;
  readonly #waiting = new Map<number, (reply: unknown) => void>();
  #lastId = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.on('message', (data) => this.#receive((data as Buffer).toString()));
  }

  async call(channel: string, args: unknown): Promise<unknown> {
    const id = ++this.#lastId;
    const reply = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, channel, args }));
    return reply;
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as { id?: number; reply?: unknown };
    if (message.id === undefined) this.events.push(message);
    else this.#waiting.get(message.id)?.(message.reply);
  }
}

export interface HandshakeOptions {
  readonly origin?: string;
  readonly host?: string;
  readonly protocols?: readonly string[];
  readonly path?: string;
}

/** The parts of the address that `startServer` returns. */
export function partsOf(url: string): {
  origin: string;
  host: string;
  port: string;
  token: string;
} {
  const { origin, host, port, hash } = new URL(url);
  return { origin, host, port, token: hash.replace('#token=', '') };
}

/** Begins a handshake as a browser with the right token does, except for what `options` says. */
function dial(url: string, options: HandshakeOptions = {}): WebSocket {
  const { origin, host, token } = partsOf(url);
  const protocols = options.protocols ?? ['airlock.v1', `token.${token}`];
  return new WebSocket(`ws://${host}${options.path ?? '/rpc'}`, [...protocols], {
    origin: options.origin ?? origin,
    headers: { host: options.host ?? host },
  });
}

export async function connect(url: string, options: HandshakeOptions = {}): Promise<SocketClient> {
  const socket = dial(url, options);
  const client = new SocketClient(socket);
  await once(socket, 'open');
  return client;
}

/** HTTP status of a handshake: 101 where it succeeds. */
export async function handshakeStatus(url: string, options: HandshakeOptions): Promise<number> {
  const socket = dial(url, options);
  socket.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('close', (code) => reject(new Error(`Closed with ${code} and no answer`)));
  });
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export interface HttpQuestion {
  readonly path?: string;
  readonly method?: string;
  readonly host?: string;
}

/** Asks without normalising the path or the Host header, as no browser would. */
export async function ask(url: string, question: HttpQuestion = {}): Promise<HttpAnswer> {
  const { port, host } = partsOf(url);
  const { path = '/', method = 'GET' } = question;
  return new Promise((resolve, reject) => {
    const headers = { host: question.host ?? host };
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const body = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}
