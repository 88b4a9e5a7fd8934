import { failure } from '../../shared/result.ts';
import type { ArgsOf, Channel, Reply } from '../../shared/contract.ts';
import type { Bridge, BridgeEvent, ConnectionState } from './bridge.ts';
import { decodeMessage, encodeRequest } from './wire.ts';

/** What the bridge needs from the browser; tests pass their own. */
export interface SocketSurroundings {
  readonly open: () => WebSocket;
  /** Whether the server still answers HTTP: then a refused socket means a refused token. */
  readonly probe: () => Promise<boolean>;
}

/** Pauses before each attempt to connect again; the last one repeats. */
const PAUSES_MS = [400, 1_000, 2_000, 4_000, 8_000, 15_000];

const DISCONNECTED = failure(
  'disconnected',
  'The connection to Airlock is lost; the answer did not arrive',
);

/** The bridge over one WebSocket, which it opens again whenever it closes. */
export class SocketBridge implements Bridge {
  readonly kind = 'serve';
  readonly #surroundings: SocketSurroundings;
  readonly #pending = new Map<number, (reply: Reply<Channel>) => void>();
  readonly #eventListeners = new Set<(event: BridgeEvent) => void>();
  readonly #stateListeners = new Set<(state: ConnectionState) => void>();
  #state: ConnectionState = 'connecting';
  #socket: WebSocket | undefined;
  #unsent: string[] = [];
  #lastId = 0;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(surroundings: SocketSurroundings) {
    this.#surroundings = surroundings;
    this.#connect();
  }

  call<C extends Channel>(channel: C, args: ArgsOf<C>): Promise<Reply<C>> {
    if (this.#state === 'lost' || this.#state === 'refused') return Promise.resolve(DISCONNECTED);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve as (reply: Reply<Channel>) => void);
      this.#send(encodeRequest(id, channel, args));
    });
  }

  onEvent(listener: (event: BridgeEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.#state);
    return () => this.#stateListeners.delete(listener);
  }

  reconnect(): void {
    if (this.#state !== 'lost') return;
    this.#attempts = 0;
    this.#connect();
  }

  #send(text: string): void {
    if (this.#state === 'open') this.#socket?.send(text);
    else this.#unsent.push(text);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const socket = this.#surroundings.open();
    let wasOpen = false;
    this.#socket = socket;
    socket.onopen = () => {
      wasOpen = true;
      this.#attempts = 0;
      this.#changeState('open');
      for (const text of this.#unsent.splice(0)) socket.send(text);
    };
    socket.onmessage = (message) => this.#receive(message.data);
    socket.onclose = () => {
      if (socket === this.#socket) void this.#closed(wasOpen);
    };
  }

  #receive(data: unknown): void {
    const message = decodeMessage(data);
    if (message === undefined) return;
    if ('event' in message) {
      const event = { name: message.event, payload: message.payload } as BridgeEvent;
      for (const listener of this.#eventListeners) listener(event);
      return;
    }
    this.#pending.get(message.id)?.(message.reply);
    this.#pending.delete(message.id);
  }

  async #closed(wasOpen: boolean): Promise<void> {
    this.#unsent = [];
    for (const resolve of this.#pending.values()) resolve(DISCONNECTED);
    this.#pending.clear();
    const isRefused = !wasOpen && (await this.#surroundings.probe());
    if (isRefused) {
      this.#changeState('refused');
      return;
    }
    this.#changeState('lost');
    const pause = PAUSES_MS[Math.min(this.#attempts, PAUSES_MS.length - 1)] ?? 0;
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.#connect(), pause);
  }

  #changeState(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
