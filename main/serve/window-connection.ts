import type { WebSocket } from 'ws';
import { failure } from '../../shared/result.ts';
import type { Backend } from '../backend/backend.ts';
import { eventText, parseRequest, replyText, type RequestMessage } from './message.ts';

/** Requests of one window that may be under way; above it we stop reading its messages. */
const MAX_UNDER_WAY = 64;
/** Bytes waiting for a slow window, above which it gets no events and we stop reading as well. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** WebSocket close code "policy violation", RFC 6455 section 7.4.1. */
const POLICY_VIOLATION = 1008;

/** One open tab: answers its requests and passes events on. */
export class WindowConnection {
  readonly #socket: WebSocket;
  readonly #backend: Backend;
  #underWay = 0;

  constructor(socket: WebSocket, backend: Backend) {
    this.#socket = socket;
    this.#backend = backend;
    // ws closes the connection itself after an error (too big, broken frame); without a listener
    // the error would end the process.
    socket.on('error', () => undefined);
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
  }

  /**
   * Sends an event, unless the window has not taken what it was sent before: the next progress says
   * more than a late one.
   */
  sendEvent(name: string, payload: unknown): void {
    if (this.#isBehind()) return;
    this.#send(eventText(name, payload));
  }

  #receive(data: WebSocket.RawData, isBinary: boolean): void {
    // ws hands over one Buffer: its binaryType is "nodebuffer" and text never comes in fragments.
    const request = isBinary ? undefined : readRequest((data as Buffer).toString());
    if (request) void this.#answer(request);
    else this.#socket.close(POLICY_VIOLATION, 'Malformed message');
  }

  async #answer(request: RequestMessage): Promise<void> {
    this.#underWay += 1;
    this.#regulate();
    const text = await this.#replyText(request);
    // A request counts until its reply has left, so a window that sends and never reads is bounded.
    this.#send(text, () => {
      this.#underWay -= 1;
      this.#regulate();
    });
    this.#regulate();
  }

  /** Reads on only while the window takes what it asked for; the rest waits in its own memory. */
  #regulate(): void {
    const isBehind = this.#isBehind() || this.#underWay >= MAX_UNDER_WAY;
    if (isBehind) this.#socket.pause();
    else this.#socket.resume();
  }

  #isBehind(): boolean {
    return this.#socket.bufferedAmount > MAX_WAITING_BYTES;
  }

  async #replyText({ id, channel, args }: RequestMessage): Promise<string> {
    try {
      return replyText(id, await this.#backend.call(channel, args));
    } catch (error) {
      // The backend does not throw, so this is a reply above V8's limit for a text, or our mistake.
      const reason = error instanceof Error ? error.message : String(error);
      return replyText(id, failure('internal', `Cannot answer ${channel}: ${reason}`));
    }
  }

  /** The callback comes with an error where the window has gone: nobody is left to tell. */
  #send(text: string, sent?: () => void): void {
    this.#socket.send(text, () => sent?.());
  }
}

function readRequest(text: string): RequestMessage | undefined {
  try {
    return parseRequest(text);
  } catch {
    return undefined;
  }
}
