import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { MachineFacts } from '../../../shared/machine.ts';
import { buildTree, type TreeOptions } from '../../support/build-tree.ts';
import { NETWORK_TREE } from '../../support/network-tree.ts';
import { readWhole } from '../../support/read-tree.ts';
import { SEAT_TREE } from '../../support/seat-tree.ts';
import { SETUP_TREE } from '../../support/setup-tree.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

// The collector starts some hundred processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 60_000 });

const COLLECTOR = join(import.meta.dirname, '../../../assets/collect/airlock-collect');

/** Reads the same host as a directory and as the archive that the collector makes of it. */
async function readTwice(tree: TreeOptions, ...options: readonly string[]) {
  const root = temporaryDirectory();
  buildTree(root, tree);
  const archive = join(temporaryDirectory(), 'host.tar');
  const collected = spawnSync('sh', [COLLECTOR, '--root', root, '--out', archive, ...options]);
  expect(collected.stderr.toString()).toBe('');
  return { direct: await readWhole(root), recorded: await readWhole(archive) };
}

describe('a snapshot tells what the host itself tells', () => {
  it.each<[string, TreeOptions, (machine: MachineFacts) => unknown]>([
    ['of its network', NETWORK_TREE, ({ network }) => network],
    ['of its seat', SEAT_TREE, ({ seat }) => seat],
    ['of its set-up', SETUP_TREE, ({ setup }) => setup],
  ])('%s', async (_name, tree, part) => {
    for (const options of [[], ['--no-redact']]) {
      const { direct, recorded } = await readTwice(tree, ...options);
      if (!direct.machine || !recorded.machine) throw new Error('not read in full');
      expect(part(recorded.machine)).toEqual(part(direct.machine));
    }
  });
});
