import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../../main/backend/backend.ts';
import type { Channel } from '../../../shared/contract.ts';
import { vmTargetSchema, type VmReport } from '../../../shared/vm-report.ts';
import type { CheckView, Explanation, HostView, RecentView, Sample } from '../../../shared/view.ts';
import { bigTree } from '../../support/big-host.ts';
import { buildTree } from '../../support/build-tree.ts';
import { ASSETS, backendIn, callBackend, failureOfCall } from '../../support/call-backend.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

// Each reading starts a thread or a process from TypeScript, which a busy machine takes seconds for.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let backend: Backend;
let events: unknown[];

beforeEach(() => {
  folder = temporaryDirectory();
  events = [];
  backend = backendIn(join(folder, 'data'), (name, payload) => events.push([name, payload]));
  return () => backend.close();
});

const call = <T>(channel: Channel, args: unknown) => callBackend<T>(backend, channel, args);
const failureOf = (channel: string, args: unknown) => failureOfCall(backend, channel, args);

describe('every sample opens, and every reply is what the contract says', () => {
  const ids = (
    JSON.parse(readFileSync(join(ASSETS, 'samples/samples.json'), 'utf8')) as Sample[]
  ).map(({ id }) => id);

  it.each(ids)('%s', async (id) => {
    const view = await call<HostView>('host:open', { jobId: 'j', source: { kind: 'sample', id } });
    expect(view.problems).toEqual([]);
    expect(view.differences).toEqual([]);
    expect(view.groups.length).toBeGreaterThan(0);
    for (const { bdf } of view.functions) {
      const { hostId } = view;
      const explanation = await call<Explanation>('host:explain', { hostId, bdf });
      expect(explanation.splits.length).toBeGreaterThan(0);
      await call<CheckView>('host:check', { hostId, bdfs: [bdf] });
    }
    await call('host:groups', { hostId: view.hostId });
    await call('host:whatif', { hostId: view.hostId, changes: ['kernel=6.1', 'iommu=on'] });
    for (const target of vmTargetSchema.options) {
      const wish = { name: 'vm', guest: 'windows-11', cpus: 2, networks: [{ kind: 'user' }] };
      const { hostId } = view;
      const report = await call<VmReport>('host:vm', { hostId, wish, target, options: {} });
      expect(report.files.every(({ text }) => text.length > 0)).toBe(true);
    }
  });
});

describe('a host stays open until it is closed', () => {
  it('opening the same path again shows the same entry, read again', async () => {
    buildTree(folder, { functions: bigTree(8), iommu: 'dmar0' });
    const source = { kind: 'path', path: folder };
    const first = await call<HostView>('host:open', { jobId: 'a', source });
    const second = await call<HostView>('host:open', { jobId: 'b', source });
    expect(second.hostId).toBe(first.hostId);
    expect(await call<unknown[]>('host:list', {})).toHaveLength(1);
    expect(await call<HostView>('host:rescan', { jobId: 'c', hostId: first.hostId })).toEqual(
      first,
    );
    await call('host:close', { hostId: first.hostId });
    expect((await failureOf('host:get', { hostId: first.hostId })).code).toBe('unknown-host');
  });

  it('its path is kept for the next start, until it is forgotten', async () => {
    const path = join(ASSETS, 'samples/graphics-card.tar.gz');
    await call<HostView>('host:open', { jobId: 'a', source: { kind: 'path', path } });
    await call<HostView>('host:open', { jobId: 'b', source: { kind: 'sample', id: 'iommu-off' } });
    const recent = await call<RecentView[]>('recent:list', {});
    expect(recent.map((source) => source.path)).toEqual([path]);
    expect(await call('recent:forget', { path })).toEqual([]);
  });

  it('a dropped file opens under its own name', async () => {
    const bytes = new Uint8Array(readFileSync(join(ASSETS, 'samples/graphics-card.tar.gz')));
    const source = { kind: 'bytes', name: 'from-customer.bin', bytes };
    const view = await call<HostView>('host:open', { jobId: 'a', source });
    expect(view.source.name).toBe('from-customer.bin');
  });

  it('this host can be opened, whatever it is', async () => {
    const view = await call<HostView>('host:open', { jobId: 'a', source: { kind: 'live' } });
    expect(view.source.kind).toBe('live');
  });

  it('reading can be cancelled', async () => {
    const path = join(ASSETS, 'samples/graphics-card.tar.gz');
    const reply = backend.call('host:open', { jobId: 'slow', source: { kind: 'path', path } });
    await call('job:cancel', { jobId: 'slow' });
    expect(await reply).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await call<unknown[]>('host:list', {})).toEqual([]);
  });

  it('tells how far it is', async () => {
    await call('host:open', { jobId: 'job-7', source: { kind: 'sample', id: 'iommu-off' } });
    expect(events).toContainEqual([
      'job:progress',
      { jobId: 'job-7', text: 'Forming groups', done: 1, total: 1 },
    ]);
  });
});

describe('what a window may not ask is refused in one sentence', () => {
  it.each([
    ['no such channel', 'host:destroy', {}, 'bad-arguments'],
    ['a name of an object', '__proto__', {}, 'bad-arguments'],
    [
      'wrong arguments',
      'host:open',
      { jobId: 'j', source: { kind: 'path', path: 7 } },
      'bad-arguments',
    ],
    ['no arguments', 'host:open', undefined, 'bad-arguments'],
    ['a host that is not open', 'host:get', { hostId: 'h99' }, 'unknown-host'],
    [
      'a sample outside the list',
      'host:open',
      { jobId: 'j', source: { kind: 'sample', id: 'no-such' } },
      'cannot-open',
    ],
    [
      'a sample by path',
      'host:open',
      { jobId: 'j', source: { kind: 'sample', id: '../x' } },
      'bad-arguments',
    ],
    [
      'a path that is not there',
      'host:open',
      { jobId: 'j', source: { kind: 'path', path: '/nonexistent' } },
      'cannot-open',
    ],
    ['a dialog where there is none', 'dialog:open-file', {}, 'not-available'],
  ])('%s', async (_name, channel, args, code) => {
    const failure = await failureOf(channel, args);
    expect(failure.code).toBe(code);
    expect(failure.message).not.toContain('\n');
  });

  it('names bytes that are no archive by the name of the file', async () => {
    const source = { kind: 'bytes', name: 'letter.txt', bytes: new Uint8Array([72, 105]) };
    expect((await failureOf('host:open', { jobId: 'j', source })).message).toMatch(
      /^Cannot read letter\.txt: /,
    );
  });

  it('refuses addresses that the host does not have', async () => {
    const { hostId } = await call<HostView>('host:open', {
      jobId: 'j',
      source: { kind: 'sample', id: 'iommu-off' },
    });
    expect((await failureOf('host:explain', { hostId, bdf: '77:00.0' })).code).toBe(
      'unknown-function',
    );
    expect((await failureOf('host:check', { hostId, bdfs: ['hello'] })).code).toBe('bad-arguments');
  });
});
