import { expect } from '@playwright/test';
import type {} from '../../../renderer/bridge/choose-bridge.ts';
import { channels, methodName } from '../../../shared/channels.ts';
import { test } from '../shell.ts';

/** The bridge as the page sees it: every function takes anything. */
type PageBridge = Readonly<Record<string, (...args: unknown[]) => unknown>>;

test('the page has one function for each channel, and one that listens', async ({ shell }) => {
  const names = await shell.page.evaluate(() => Object.keys(window.airlock ?? {}));
  expect(names.toSorted()).toEqual([...channels.map(methodName), 'onEvent'].toSorted());
});

test('nothing of Node or Electron leaks into the page', async ({ shell }) => {
  const types = await shell.page.evaluate(() => {
    const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'electron'];
    const found = [...names, 'ipcRenderer'].filter((name) => name in window);
    const functions = Object.values(window.airlock ?? {}) as unknown[];
    return { found, kinds: [...new Set(functions.map((value) => typeof value))] };
  });
  expect(types).toEqual({ found: [], kinds: ['function'] });
});

test('the page cannot change the bridge', async ({ shell }) => {
  const isChanged = await shell.page.evaluate(() => {
    const own = window as unknown as { airlock: Record<string, unknown> };
    const before = own.airlock['appInfo'];
    const attempts = [
      () => (own.airlock = {}),
      () => (own.airlock['appInfo'] = () => 'mine'),
      () => Object.defineProperty(own, 'airlock', { value: {} }),
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch {
        // Refusing loudly is as good as refusing in silence.
      }
    }
    return own.airlock['appInfo'] !== before;
  });
  expect(isChanged).toBe(false);
});

test('functions and symbols cannot cross', async ({ shell }) => {
  const outcomes = await shell.page.evaluate(async () => {
    const { hostOpen } = window.airlock as unknown as PageBridge;
    const attempt = async (args: unknown): Promise<unknown> => {
      try {
        return await hostOpen?.(args);
      } catch (error) {
        return { thrown: (error as Error).message };
      }
    };
    return [await attempt({ jobId: () => 'j' }), await attempt(Symbol('s'))];
  });
  expect(outcomes).toEqual([
    {
      ok: false,
      error: { code: 'bad-arguments', message: expect.stringContaining('could not be cloned') },
    },
    { thrown: expect.stringContaining('could not be cloned') },
  ]);
});

test('arguments outside the contract are refused with their reason', async ({ shell }) => {
  const codes = await shell.page.evaluate(async () => {
    const { hostOpen, hostGet } = window.airlock as unknown as PageBridge;
    const wrong = [
      undefined,
      null,
      'text',
      {},
      { jobId: 1 },
      { jobId: 'j', source: { kind: 'x' } },
    ];
    const replies = [...wrong.map((args) => hostOpen?.(args)), hostGet?.({ hostId: '' })];
    const settled = (await Promise.all(replies)) as { error: { code: string } }[];
    return settled.map((reply) => reply.error.code);
  });
  expect(new Set(codes)).toEqual(new Set(['bad-arguments']));
});

test('a listener gets names and data, and can end', async ({ shell }) => {
  const heard = await shell.page.evaluate(async () => {
    const bridge = window.airlock;
    if (!bridge) return undefined;
    const seen: unknown[] = [];
    const stop = bridge.onEvent((...args: unknown[]) => seen.push(args.map((arg) => typeof arg)));
    await bridge.hostOpen({ jobId: 'j1', source: { kind: 'live' } });
    const first = seen.length;
    stop();
    await bridge.hostOpen({ jobId: 'j2', source: { kind: 'live' } });
    return { kinds: seen[0], isQuietAfterwards: seen.length === first, isHeard: first > 0 };
  });
  expect(heard).toEqual({ kinds: ['string', 'object'], isQuietAfterwards: true, isHeard: true });
});
