import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Platform } from '../../../main/backend/platform.ts';
import { startServer } from '../../../main/serve/server.ts';
import { createFakeBackend } from '../../support/fake-backend.ts';
import { ask, connect } from '../../support/socket-client.ts';
import { serveFixture, type ServeFixture } from '../../support/serve-fixture.ts';

let fixture: ServeFixture;
/** Answers of `test:wait` that have not been given yet. */
let release: (() => void)[];

beforeEach(async () => {
  release = [];
  fixture = await serveFixture({
    'test:echo': (args) => args,
    'test:wait': () => new Promise<void>((resolve) => release.push(resolve)),
    'test:large': () => 'x'.repeat(4 * 1024 * 1024),
    'test:cycle': () => {
      const cycle: { self?: unknown } = {};
      cycle.self = cycle;
      return cycle;
    },
  });
});
afterEach(() => fixture.end());

describe('a request', () => {
  it('reaches the backend and is answered with its result', async () => {
    const client = await connect(fixture.url);
    const args = { hostId: 'h1', bytes: { $bytes: 'AQID' } };
    expect(await client.call('test:echo', args)).toEqual({ ok: true, value: args });
    expect(fixture.backend.calls).toEqual([
      { channel: 'test:echo', args: { hostId: 'h1', bytes: new Uint8Array([1, 2, 3]) } },
    ]);
  });

  it("for an unknown channel is the backend's to refuse", async () => {
    const client = await connect(fixture.url);
    expect(await client.call('test:none', {})).toEqual({
      ok: false,
      error: { code: 'bad-arguments', message: 'No channel test:none' },
    });
  });

  it('whose reply cannot be sent fails alone', async () => {
    const client = await connect(fixture.url);
    expect(await client.call('test:cycle', {})).toMatchObject({
      ok: false,
      error: { code: 'internal', message: expect.stringContaining('Cannot answer test:cycle') },
    });
    expect(await client.call('test:echo', 1)).toEqual({ ok: true, value: 1 });
  });

  it('does not wait for the one before', async () => {
    const client = await connect(fixture.url);
    const slow = client.call('test:wait', {});
    expect(await client.call('test:echo', 'fast')).toEqual({ ok: true, value: 'fast' });
    release[0]?.();
    expect(await slow).toEqual({ ok: true });
  });

  it('may carry a large file', async () => {
    const client = await connect(fixture.url);
    const bytes = { $bytes: Buffer.alloc(30 * 1024 * 1024, 7).toString('base64') };
    await client.call('test:echo', { bytes });
    const [call] = fixture.backend.calls;
    expect((call?.args as { bytes: Uint8Array }).bytes).toHaveLength(30 * 1024 * 1024);
  });
});

describe('a malformed message', () => {
  it.each(['no JSON', '[]', '{"id":1}', '{"id":null,"channel":"test:echo"}', '{"$bytes":"*"}'])(
    'ends its connection with 1008: %s',
    async (text) => {
      const client = await connect(fixture.url);
      const other = await connect(fixture.url);
      client.socket.send(text);
      expect(await client.closed).toBe(1008);
      expect(fixture.backend.calls).toEqual([]);
      expect(await other.call('test:echo', 1)).toEqual({ ok: true, value: 1 });
    },
  );

  it('may be binary', async () => {
    const client = await connect(fixture.url);
    client.socket.send(Buffer.from('{"id":1,"channel":"test:echo"}'));
    expect(await client.closed).toBe(1008);
  });

  it('may be no frame at all', async () => {
    const client = await connect(fixture.url);
    const raw = (client.socket as unknown as { _socket: NodeJS.WritableStream })._socket;
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    expect(await client.closed).toBe(1002);
    expect((await ask(fixture.url)).status).toBe(200);
  });

  it('may be larger than any file that can be dropped', async () => {
    const client = await connect(fixture.url);
    const raw = (client.socket as unknown as { _socket: NodeJS.WritableStream })._socket;
    // The header of a masked text frame of 401 MiB, without its content.
    const header = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x19, 0x10, 0, 0, 0, 0, 0, 0]);
    raw.write(header);
    expect(await client.closed).toBe(1009);
  });
});

describe('several windows', () => {
  it('share the backend, and each hears every event', async () => {
    const clients = await Promise.all([connect(fixture.url), connect(fixture.url)]);
    await Promise.all(clients.map((client, index) => client.call('test:echo', index)));
    fixture.backend.emit('job:progress', { jobId: 'j', text: 'Reading', done: 1 });
    const event = { event: 'job:progress', payload: { jobId: 'j', text: 'Reading', done: 1 } };
    await vi.waitFor(() =>
      expect(clients.map((client) => client.events)).toEqual([[event], [event]]),
    );
    expect(fixture.backend.calls).toHaveLength(2);
  });

  it('get their own replies, whatever the numbers of their requests', async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, () => connect(fixture.url)));
    const replies = await Promise.all(
      clients.map((client, index) => client.call('test:echo', index)),
    );
    expect(replies).toEqual(clients.map((_client, index) => ({ ok: true, value: index })));
  });

  it('are limited in number', async () => {
    await Promise.all(Array.from({ length: 64 }, () => connect(fixture.url)));
    await expect(connect(fixture.url)).rejects.toThrow('503');
  });
});

describe('a window that is slow or gone', () => {
  it('may vanish in the middle of a call', async () => {
    const client = await connect(fixture.url);
    void client.call('test:wait', {});
    await vi.waitFor(() => expect(release).toHaveLength(1));
    client.socket.terminate();
    await client.closed;
    release[0]?.();
    fixture.backend.emit('job:progress', {});
    await delay(50);
    const other = await connect(fixture.url);
    expect(await other.call('test:echo', 1)).toEqual({ ok: true, value: 1 });
  });

  it('is not sent events that it does not take', async () => {
    const client = await connect(fixture.url);
    client.socket.pause();
    const payload = { text: 'x'.repeat(64 * 1024) };
    for (let count = 0; count < 1000; count += 1) fixture.backend.emit('job:progress', payload);
    await delay(100);
    client.socket.resume();
    await client.call('test:echo', 1);
    expect(client.events.length).toBeGreaterThan(0);
    expect(client.events.length).toBeLessThan(200);
  });

  it('is read from no further than 64 requests ahead of its replies', async () => {
    const client = await connect(fixture.url);
    const calls = Array.from({ length: 200 }, () => client.call('test:wait', {}));
    await delay(100);
    // Those that came in one piece with the 64th are still read.
    const first = fixture.backend.calls.length;
    expect(first).toBeGreaterThanOrEqual(64);
    const timer = setInterval(() => release.splice(0).forEach((answer) => answer()), 5);
    expect(await Promise.all(calls)).toHaveLength(200);
    clearInterval(timer);
  });

  it('may ask for much and read nothing', async () => {
    const client = await connect(fixture.url);
    client.socket.pause();
    for (let id = 1; id <= 200; id += 1) {
      const args = 'x'.repeat(100 * 1024);
      client.socket.send(JSON.stringify({ id, channel: 'test:large', args }));
    }
    await delay(500);
    expect(fixture.backend.calls.length).toBeGreaterThan(0);
    expect(fixture.backend.calls.length).toBeLessThan(10);
    client.socket.terminate();
  });
});

describe('the end', () => {
  it('closes windows, idle connections and then the backend, once', async () => {
    const client = await connect(fixture.url);
    const idle = connectTcp(fixture.server.port, '127.0.0.1');
    await once(idle, 'connect');
    await Promise.all([fixture.server.close(), fixture.server.close()]);
    expect([await client.closed, fixture.backend.closeCount]).toEqual([1001, 1]);
    await expect(ask(fixture.url)).rejects.toThrow('ECONNREFUSED');
  });

  it('does not wait for a window that does not answer', async () => {
    const client = await connect(fixture.url);
    client.socket.pause();
    const start = performance.now();
    await fixture.server.close();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a port', () => {
  it('that is in use is one sentence', async () => {
    const { rendererDir, server } = fixture;
    const backendFactory = vi.fn((emit: Platform['emit']) => createFakeBackend(emit));
    const message = `Port ${server.port} is in use: choose another one with --port`;
    expect(await startServer({ port: server.port, rendererDir, backendFactory })).toEqual({
      ok: false,
      error: { code: 'port-in-use', message },
    });
    expect(backendFactory).not.toHaveBeenCalled();
  });
});
