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

  it('of how it boots, byte for byte where no names were replaced', async () => {
    const texts = {
      'etc/kernel/cmdline': 'root=UUID=4f3c2a1b-1111-4222-8333-444455556666 ro quiet',
      'etc/airlock/bind.list': '0000:01:00.0 10de:2204 1043:87d7 030000 4 vfio-pci\n',
      'etc/systemd/system/airlock-revert.service': '[Unit]\n',
      'boot/loader/entries/a.conf': 'title A\noptions quiet\n\n',
    };
    const tree = { functions: [{ bdf: '0000:00:02.0' as const }], files: texts };
    const exact = (await readTwice(tree, '--no-redact')).recorded.machine?.boot;
    const redacted = (await readTwice(tree)).recorded.machine?.boot;
    expect([exact?.isExact, redacted?.isExact]).toEqual([true, false]);
    expect(exact?.files).toMatchObject(
      Object.fromEntries(
        Object.entries(texts).map(([path, text]) => [path, { state: 'text', text }]),
      ),
    );
  });
});
