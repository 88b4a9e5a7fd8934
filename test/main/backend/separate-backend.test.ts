import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { forkProcess } from '../../../main/backend/apart/fork-process.ts';
import type { ProcessLink } from '../../../main/backend/apart/messages.ts';
import { separateBackend } from '../../../main/backend/apart/separate-backend.ts';
import type { Platform } from '../../../main/backend/platform.ts';

const TOP = join(import.meta.dirname, '../../..');
const PROCESS = join(TOP, 'main/backend/apart/backend-process.ts');

// Each reading starts a thread or a process from TypeScript, which a busy machine takes seconds for.
vi.setConfig({ testTimeout: 60_000 });

function start(changes: Partial<Platform> = {}) {
  const events: unknown[] = [];
  const links: ProcessLink[] = [];
  const platform: Platform = {
    shell: 'serve',
    assetsDir: join(TOP, 'assets'),
    version: '1.2.3',
    emit: (name, payload) => events.push([name, payload]),
    ...changes,
  };
  const backend = separateBackend(platform, () => {
    const link = forkProcess(PROCESS);
    links.push(link);
    return link;
  });
  return { backend, events, links };
}

it('answers, tells how far it is, and ends', async () => {
  const { backend, events } = start();
  const info = await backend.call('app:info', {});
  expect(info).toMatchObject({ ok: true, value: { version: '1.2.3', hasFileDialog: false } });
  const source = { kind: 'sample', id: 'graphics-card' };
  const opened = await backend.call('host:open', { jobId: 'j', source });
  expect(opened).toMatchObject({ ok: true, value: { hostId: 'h1' } });
  expect(events).toContainEqual([
    'job:progress',
    { jobId: 'j', text: 'Forming groups', done: 1, total: 1 },
  ]);
  await backend.close();
  expect(await backend.call('app:info', {})).toMatchObject({ error: { code: 'disconnected' } });
});

it("asks the shell for a file, and takes a person's no", async () => {
  const openFileDialog = vi.fn<() => Promise<string | undefined>>();
  openFileDialog.mockResolvedValueOnce('/tmp/host.tar.gz').mockResolvedValueOnce(undefined);
  const { backend } = start({ openFileDialog });
  expect(await backend.call('dialog:open-file', {})).toEqual({
    ok: true,
    value: { path: '/tmp/host.tar.gz' },
  });
  expect(await backend.call('dialog:open-file', {})).toEqual({ ok: true, value: {} });
  await backend.close();
});

it('a process that ends is told to who waits, and the next request starts another', async () => {
  const { backend, links } = start();
  expect(await backend.call('host:list', {})).toEqual({ ok: true, value: [] });
  const source = { kind: 'sample', id: 'graphics-card' };
  const waiting = backend.call('host:open', { jobId: 'j', source });
  links[0]?.kill();
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(await backend.call('host:list', {})).toEqual({ ok: true, value: [] });
  expect(links).toHaveLength(2);
  await backend.close();
});
