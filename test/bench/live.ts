import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { forkProcess } from '../../main/backend/apart/fork-process.ts';
import { separateBackend } from '../../main/backend/apart/separate-backend.ts';
import { findChanges } from '../../main/backend/live/find-changes.ts';
import { pauseAfter } from '../../main/backend/live/pause-after.ts';
import { openLiveSource } from '../../main/host/live-source.ts';
import { readBindings, type Bindings } from '../../main/host/read-bindings.ts';
import { fromSystemError, type Source } from '../../main/host/source.ts';
import { ok } from '../../shared/result.ts';
import { bigTree } from '../support/big-host.ts';
import { buildTree } from '../support/build-tree.ts';

const TOP = join(import.meta.dirname, '../..');
const LOOKS = 40;

export interface LookCost {
  readonly count: number;
  /** Processor time of one look, in milliseconds. */
  readonly cpuMs: number;
  /** Part of one processor that looking takes while a window shows the host. */
  readonly share: number;
}

/** What watching a live host of so many functions costs. */
export function lookCosts(folder: string, counts: readonly number[]): readonly LookCost[] {
  return counts.map((count) => {
    const root = join(folder, `live-${count}`);
    const functions = bigTree(count).map((fn, index) => ({ ...fn, driver: `driver${index % 40}` }));
    buildTree(root, { functions, iommu: 'dmar0' });
    const source = sourceAt(root);
    const before = bindings(source);
    for (let look = 0; look < LOOKS; look++) findChanges(before, bindings(source));
    const start = process.cpuUsage();
    for (let look = 0; look < LOOKS; look++) findChanges(before, bindings(source));
    const { user, system } = process.cpuUsage(start);
    const cpuMs = (user + system) / 1000 / LOOKS;
    return { count, cpuMs, share: cpuMs / (cpuMs + pauseAfter(cpuMs)) };
  });
}

/** How long the thread that answers a window was busy at most while the backend opened a host. */
export async function longestWaitMs(tree: string): Promise<number> {
  const platform = {
    shell: 'serve',
    assetsDir: join(TOP, 'assets'),
    version: '1',
    emit: () => undefined,
  } as const;
  const backend = separateBackend(platform, () =>
    forkProcess(join(TOP, 'out/cli/backend-process.js')),
  );
  await backend.call('app:info', {});
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const source = { kind: 'path', path: tree };
  const opened = await backend.call('host:open', { jobId: 'j', source });
  delay.disable();
  await backend.close();
  if (!opened.ok) throw new Error(opened.error.message);
  return delay.max / 1e6;
}

function bindings(source: Source): Bindings {
  const read = readBindings(source);
  if (!read.ok) throw new Error(read.error.errno);
  return read.value;
}

/** As the live source, but below a folder: the same calls. */
function sourceAt(root: string): Source {
  const attempt = <T>(call: () => T) => {
    try {
      return ok(call());
    } catch (thrown) {
      return fromSystemError(thrown);
    }
  };
  const live = openLiveSource(0);
  return {
    info: live.info,
    manifest: undefined,
    list: (path) => attempt(() => readdirSync(`${root}/${path}`)),
    read: (path) => live.read(path),
    readLink: (path) => attempt(() => readlinkSync(`${root}/${path}`)),
  };
}
