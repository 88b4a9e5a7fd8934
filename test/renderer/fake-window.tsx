import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { App } from '../../renderer/app/App.tsx';
import { connectStore } from '../../renderer/app/connect-store.ts';
import { createAppStore } from '../../renderer/app/store.ts';
import type { Bridge, BridgeEvent, ConnectionState } from '../../renderer/bridge/bridge.ts';
import { createFakeBackend } from './fixtures/fake-backend.ts';
import type { FakeOptions } from './fixtures/fake-backend.ts';

/** What jsdom lacks: sizes, media queries, observers. */
function furnishWindow(width: number) {
  const matches = (query: string) => {
    const min = /min-width: (\d+)px/.exec(query)?.[1];
    const max = /max-width: (\d+)px/.exec(query)?.[1];
    return (
      (min !== undefined && width >= Number(min)) || (max !== undefined && width <= Number(max))
    );
  };
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: matches(query),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  for (const side of ['offsetHeight', 'offsetWidth', 'clientHeight', 'clientWidth']) {
    Object.defineProperty(HTMLElement.prototype, side, { configurable: true, value: 800 });
  }
  Element.prototype.scrollTo = () => undefined;
  window.history.replaceState(null, '', '/');
}

export interface WindowOptions extends FakeOptions {
  readonly width?: number;
  readonly connection?: ConnectionState;
}

/** Draws the whole window over the fixtures. */
export function openWindow(options: WindowOptions = {}) {
  furnishWindow(options.width ?? 1400);
  const events = new Set<(event: BridgeEvent) => void>();
  const answer = createFakeBackend({
    ...options,
    emit: (payload) => {
      for (const listener of events) listener({ name: 'job:progress', payload });
    },
  });
  const calls: string[] = [];
  let change: (state: ConnectionState) => void = () => undefined;
  const bridge: Bridge = {
    kind: 'serve',
    call: (channel, args) => {
      calls.push(channel);
      return answer(channel, args);
    },
    onEvent: (listener) => {
      events.add(listener);
      return () => events.delete(listener);
    },
    onConnection: (listener) => {
      change = listener;
      listener(options.connection ?? 'open');
      return () => undefined;
    },
    reconnect: () => change('open'),
  };
  const store = createAppStore(bridge);
  connectStore(store, bridge, window);
  render(<App store={store} />);
  const tell = (event: BridgeEvent) => {
    for (const listener of events) listener(event);
  };
  return { store, calls, tell, changeConnection: (state: ConnectionState) => change(state) };
}
