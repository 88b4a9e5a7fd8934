import { beforeAll, describe, expect, it, vi } from 'vitest';
import { answerChannels } from '../../../main/electron/ipc.ts';
import { channels } from '../../../shared/channels.ts';
import { handleInvoke } from '../../support/electron-stand-in/ipc-main.ts';
import { createFakeBackend, type FakeBackend } from '../../support/fake-backend.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/electron-module.ts'));

type Sender = Parameters<typeof handleInvoke>[0];

let backend: FakeBackend;
beforeAll(() => {
  backend = createFakeBackend(() => undefined, { 'host:get': (args) => args });
  answerChannels(backend);
});

function from(senderFrame: { url: string; parent: unknown } | null): Sender {
  return { senderFrame } as Sender;
}

const OUR_PAGE = from({ url: 'app://airlock/index.html#/samples', parent: null });

describe('a request of our page', () => {
  it.each(channels)('reaches the backend on %s', async (channel) => {
    const before = backend.calls.length;
    await handleInvoke(OUR_PAGE, channel, [{ a: 1 }]);
    expect(backend.calls.slice(before)).toEqual([{ channel, args: { a: 1 } }]);
  });

  it('has one argument, whatever the page sends', async () => {
    const reply = await handleInvoke(OUR_PAGE, 'host:get', [{ hostId: 'h' }, 'more']);
    expect(reply).toEqual({ ok: true, value: { hostId: 'h' } });
  });

  it('for another channel is not answered', async () => {
    await expect(handleInvoke(OUR_PAGE, 'host:destroy', [])).rejects.toThrow('No handler');
  });
});

describe('a request of anybody else is refused', () => {
  it.each([
    ['a frame that has gone', null],
    ['a frame inside the page', { url: 'app://airlock/index.html', parent: {} }],
    ['a web page', { url: 'https://airlock/index.html', parent: null }],
    ['another host of our scheme', { url: 'app://airlock.example.org/index.html', parent: null }],
    ['a user name that looks like ours', { url: 'app://airlock@example.org/', parent: null }],
    ['a file', { url: 'file:///index.html', parent: null }],
    ['an empty page', { url: 'about:blank', parent: null }],
    ['no address', { url: '', parent: null }],
  ])('%s', async (_name, frame) => {
    const before = backend.calls.length;
    expect(await handleInvoke(from(frame), 'host:get', [{ hostId: 'h' }])).toEqual({
      ok: false,
      error: { code: 'not-available', message: 'Only the Airlock window may ask for host:get' },
    });
    expect(backend.calls).toHaveLength(before);
  });
});
