import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { JobList, UNWATCHED } from '../../../main/backend/job-list.ts';
import { Heartbeat } from '../../../main/backend/reading/heartbeat.ts';
import { readInThread } from '../../../main/backend/reading/read-in-thread.ts';

const FOLDERS = { assetsDir: join(import.meta.dirname, '../../../assets') };
const HELD = new URL('../../support/held-reader.ts', import.meta.url);

// Each reading starts a thread or a process from TypeScript, which a busy machine takes seconds for.
vi.setConfig({ testTimeout: 60_000 });

it('a reading crosses the threads whole', async () => {
  const host = await readInThread({ kind: 'sample', id: 'graphics-card' }, FOLDERS, UNWATCHED);
  expect(host).toMatchObject({ ok: true, value: { source: { kind: 'archive' }, problems: [] } });
});

it('a path that gives no answer is named when patience ends, and the next reading works', async () => {
  const options = { entry: HELD, patienceMs: 1000 };
  const host = await readInThread({ kind: 'live' }, FOLDERS, UNWATCHED, options);
  expect(host).toMatchObject({
    ok: false,
    error: {
      code: 'cannot-open',
      message: expect.stringContaining(
        'no answer for /sys/devices/held/driver_override in 1 seconds',
      ) as string,
    },
  });
  const next = await readInThread({ kind: 'live' }, FOLDERS, UNWATCHED);
  expect(next.ok).toBe(true);
});

it('cancelling is answered although the thread hears nothing', async () => {
  const jobs = new JobList(() => undefined);
  const reading = readInThread({ kind: 'live' }, FOLDERS, jobs.start('held'), { entry: HELD });
  jobs.cancel('held');
  expect(await reading).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

it('a thread that cannot start is a failure with its reason', async () => {
  const entry = new URL('./no-such-thread.ts', import.meta.url);
  const host = await readInThread({ kind: 'live' }, FOLDERS, UNWATCHED, { entry });
  expect(host).toMatchObject({
    ok: false,
    error: { code: 'internal', message: expect.stringContaining('no-such-thread') as string },
  });
});

it('a heartbeat shows the last path, whatever was there before', () => {
  const mine = new Heartbeat();
  const theirs = new Heartbeat(mine.memory);
  theirs.beat('sys/bus/pci/devices/0000:01:00.0/driver_override');
  theirs.beat('etc/Gehäuse');
  expect(mine.read()).toEqual({ count: 2, path: 'etc/Gehäuse' });
});
