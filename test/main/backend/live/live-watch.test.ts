import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { analyse } from '../../../../main/backend/analyse.ts';
import { loadDeviceNames } from '../../../../main/backend/device-names.ts';
import { HostShelf } from '../../../../main/backend/host-shelf.ts';
import { JobList } from '../../../../main/backend/job-list.ts';
import { LiveWatch } from '../../../../main/backend/live/live-watch.ts';
import type { Platform } from '../../../../main/backend/platform.ts';
import { bindingsOf, type Bindings } from '../../../../main/host/read-bindings.ts';
import type { Bdf } from '../../../../shared/bdf.ts';
import type { OpenRequest } from '../../../../shared/contract.ts';
import type { HostChanged } from '../../../../shared/host-change.ts';
import { ok } from '../../../../shared/result.ts';
import { details } from '../../../support/details.ts';
import { makeHost } from '../../../support/host-notation.ts';

const BDF = '0000:01:00.0' as Bdf;
const watches: LiveWatch[] = [];

// Each reading starts a thread or a process from TypeScript, which a busy machine takes seconds for.
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  for (const watch of watches.splice(0)) watch.close();
});

/** A host with one function that is on show as it was read, and what the watch tells of it. */
function open(request: OpenRequest, kind: 'live' | 'archive' = 'live') {
  const made = makeHost({ functions: [{ at: BDF, details: details({ driver: 'nvidia' }) }] });
  const host = { ...made, source: { ...made.source, kind } };
  const shelf = new HostShelf();
  const assetsDir = join(import.meta.dirname, '../../../../assets');
  const source = { analysis: analyse(host), names: loadDeviceNames(assetsDir) };
  const { hostId } = shelf.put(request, source);
  const told: HostChanged[] = [];
  const platform: Platform = {
    shell: 'serve',
    assetsDir,
    version: '1',
    emit: (_name, payload) => told.push(payload as HostChanged),
  };
  let now: Bindings = bindingsOf(host);
  const look = vi.fn(() => ok(now));
  const jobs = new JobList(() => undefined);
  const watch = new LiveWatch({ platform, shelf, jobs, look, pauseMs: 5 });
  watches.push(watch);
  watch.watch(hostId);
  const bindTo = (driver: string) => {
    now = new Map([[BDF, { driver, groupId: now.get(BDF)?.groupId }]]);
  };
  /** Waits until it has looked at what there is now, and told what it tells. */
  const looked = async () => {
    const { length } = look.mock.calls;
    await vi.waitFor(() => expect(look.mock.calls.length).toBeGreaterThan(length + 1), 10_000);
  };
  return { told, look, looked, bindTo, jobs, shelf, hostId };
}

it('a change is told with the new reading on the shelf', async () => {
  const { told, bindTo, shelf, hostId } = open({ kind: 'live' });
  const before = shelf.get(hostId);
  bindTo('vfio-pci');
  await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
  expect(told[0]).toMatchObject({
    hostId,
    isRead: true,
    changes: [{ kind: 'driver', bdf: BDF, from: 'nvidia', to: 'vfio-pci' }],
  });
  expect(shelf.get(hostId)).not.toBe(before);
});

it('what was read with rights is not read again, and that is said once', async () => {
  const { told, bindTo, looked, shelf, hostId } = open({ kind: 'live-privileged' });
  const before = shelf.get(hostId);
  bindTo('vfio-pci');
  await looked();
  await looked();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ isRead: false });
  expect(told[0]?.reason).toMatch(/administrator rights/);
  expect(shelf.get(hostId)).toBe(before);
  bindTo('nvidia');
  await looked();
  bindTo('vfio-pci');
  await looked();
  expect(told).toHaveLength(2);
});

it('nothing is looked at while a job changes the host', async () => {
  const { told, look, looked, bindTo, jobs } = open({ kind: 'live-privileged' });
  await looked();
  jobs.start('apply');
  const { length } = look.mock.calls;
  bindTo('vfio-pci');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(look.mock.calls).toHaveLength(length);
  jobs.finish('apply');
  await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
});

it('a record of a host is never looked after', async () => {
  const { look } = open({ kind: 'path', path: '/tmp/host.tar.gz' }, 'archive');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(look).not.toHaveBeenCalled();
});
