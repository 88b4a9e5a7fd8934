import type { ArgsOf, Channel, EventName, EventOf, Reply } from '../../shared/contract.ts';

/**
 * How the window and the backend are connected. `refused` is final: the backend answers, but does
 * not accept this window.
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused';

/** One event of the backend, name and payload together. */
export type BridgeEvent = {
  readonly [E in EventName]: { readonly name: E; readonly payload: EventOf<E> };
}[EventName];

/** The only way from the window to the backend. Only thunks and the start of the app use it. */
export interface Bridge {
  readonly kind: 'electron' | 'serve';
  /** Never rejects: a lost connection is a failure with code `disconnected`. */
  call<C extends Channel>(channel: C, args: ArgsOf<C>): Promise<Reply<C>>;
  /** Returns the function that ends the listening. */
  onEvent(listener: (event: BridgeEvent) => void): () => void;
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Tries to connect now instead of after the next pause. */
  reconnect(): void;
}
