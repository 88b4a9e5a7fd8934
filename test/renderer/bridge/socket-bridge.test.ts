import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionState } from '../../../renderer/bridge/bridge.ts';
import { SocketBridge } from '../../../renderer/bridge/socket-bridge.ts';

/** A socket that the test drives. */
class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  send(text: string) {
    this.sent.push(text);
  }
  receive(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function connect({ answersHttp = false } = {}) {
  const sockets: FakeSocket[] = [];
  const bridge = new SocketBridge({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    probe: () => Promise.resolve(answersHttp),
  });
  const states: ConnectionState[] = [];
  bridge.onConnection((state) => states.push(state));
  const last = () => sockets[sockets.length - 1]!;
  return { bridge, sockets, states, last };
}

const DISCONNECTED = {
  ok: false,
  error: { code: 'disconnected', message: expect.stringContaining('connection') },
};

describe('the bridge over a WebSocket', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sends calls made before it is open, and gives each its own reply', async () => {
    const { bridge, last } = connect();
    const first = bridge.call('host:get', { hostId: 'a' });
    const second = bridge.call('host:list', {});
    last().onopen?.();
    expect(last().sent.map((text) => JSON.parse(text))).toEqual([
      { id: 1, channel: 'host:get', args: { hostId: 'a' } },
      { id: 2, channel: 'host:list', args: {} },
    ]);
    last().receive({ id: 2, reply: { ok: true, value: [] } });
    last().receive({ id: 1, reply: { ok: false, error: { code: 'unknown-host', message: 'No' } } });
    expect(await second).toEqual({ ok: true, value: [] });
    expect(await first).toEqual({ ok: false, error: { code: 'unknown-host', message: 'No' } });
  });

  it('passes events on until the listener leaves', () => {
    const { bridge, last } = connect();
    const heard: unknown[] = [];
    const leave = bridge.onEvent((event) => heard.push(event));
    last().onopen?.();
    const payload = { jobId: 'j', text: 'Reading', done: 1 };
    last().receive({ event: 'job:progress', payload });
    leave();
    last().receive({ event: 'job:progress', payload });
    expect(heard).toEqual([{ name: 'job:progress', payload }]);
  });

  it('answers every pending call when the connection closes, and opens another', async () => {
    const { bridge, sockets, states, last } = connect();
    last().onopen?.();
    const pending = bridge.call('host:list', {});
    last().onclose?.();
    expect(await pending).toEqual(DISCONNECTED);
    expect(await bridge.call('host:list', {})).toEqual(DISCONNECTED);
    await vi.advanceTimersByTimeAsync(400);
    expect(sockets).toHaveLength(2);
    last().onopen?.();
    expect(states).toEqual(['connecting', 'open', 'lost', 'open']);
  });

  it('waits longer after each failed attempt, unless asked to connect now', async () => {
    const { bridge, sockets, last } = connect();
    last().onopen?.();
    last().onclose?.();
    await vi.advanceTimersByTimeAsync(400);
    last().onclose?.();
    await vi.advanceTimersByTimeAsync(900);
    expect(sockets).toHaveLength(2);
    bridge.reconnect();
    expect(sockets).toHaveLength(3);
  });

  it('is refused when the server answers HTTP but not the socket', async () => {
    const { sockets, states, last } = connect({ answersHttp: true });
    last().onclose?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(['connecting', 'refused']);
    expect(sockets).toHaveLength(1);
  });

  it('ignores messages that are none', () => {
    const { last } = connect();
    last().onopen?.();
    const silent = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    last().onmessage?.({ data: 'not json' });
    last().onmessage?.({ data: '42' });
    last().receive({ id: 99, reply: { ok: true, value: 1 } });
    expect(silent).toHaveBeenCalledTimes(1);
  });
});
