import { expect, it } from 'vitest';
import { openSource } from '../../../main/host/open-source.ts';
import { bindingsOf, readBindings } from '../../../main/host/read-bindings.ts';
import { readHost } from '../../../main/host/read-host.ts';
import type { Source } from '../../../main/host/source.ts';
import { unreadable } from '../../../shared/fact.ts';
import { buildTree, type TreeOptions } from '../../support/build-tree.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const TREE: TreeOptions = {
  iommu: 'dmar0',
  functions: [
    { bdf: '0000:00:00.0', config: {}, group: '0' },
    { bdf: '0000:00:02.0', config: {}, group: '12', driver: 'nvidia' },
    { bdf: '10000:e1:00.0', config: {}, group: '12', driver: 'nvme' },
  ],
};

async function sourceOf(tree: TreeOptions): Promise<Source> {
  const root = temporaryDirectory();
  buildTree(root, tree);
  const source = await openSource(root, { nowMs: 0 });
  if (!source.ok) throw new Error(source.error.message);
  return source.value;
}

const nothing = { driver: undefined, groupId: undefined };

it('reads drivers and groups by the links of functions, and so does a reading say them', async () => {
  const source = await sourceOf(TREE);
  const bindings = readBindings(source);
  expect(bindings).toEqual({
    ok: true,
    value: new Map([
      ['0000:00:00.0', { driver: undefined, groupId: '0' }],
      ['0000:00:02.0', { driver: 'nvidia', groupId: '12' }],
      ['10000:e1:00.0', { driver: 'nvme', groupId: '12' }],
    ]),
  });
  const host = readHost(source, { depth: 'full' });
  if (!host.ok || !bindings.ok) throw new Error('Not read');
  expect(bindingsOf(host.value)).toEqual(bindings.value);
});

it('touches nothing that waits for the lock of a device', async () => {
  const source = await sourceOf(TREE);
  const touched = new Set<string>();
  const note = <T>(path: string, answer: T): T => {
    touched.add(path.split('/').at(-1) ?? '');
    return answer;
  };
  readBindings({
    ...source,
    list: (path) => note(path, source.list(path)),
    read: (path) => note(path, source.read(path)),
    readLink: (path) => note(path, source.readLink(path)),
  });
  expect([...touched].sort()).toEqual(['devices', 'driver', 'iommu_group', 'iommu_groups']);
});

it('knows of no group where the kernel has none', async () => {
  const source = await sourceOf({ functions: [{ bdf: '0000:00:00.0', config: {} }] });
  expect(readBindings(source)).toEqual({ ok: true, value: new Map([['0000:00:00.0', nothing]]) });
});

it('a list of functions that cannot be read is a failure, and a link is unreadable', async () => {
  const source = await sourceOf(TREE);
  const denied = { ok: false, error: { code: 'denied', errno: 'EACCES' } } as const;
  expect(readBindings({ ...source, list: () => denied, info: source.info })).toEqual(denied);
  const bindings = readBindings({
    info: source.info,
    manifest: undefined,
    list: (path) => source.list(path),
    read: () => denied,
    readLink: () => denied,
  });
  const fact = unreadable('EACCES');
  expect(bindings.ok && [...bindings.value.values()]).toEqual(
    Array(3).fill({ driver: fact, groupId: fact }),
  );
});

it('a reading for groups alone does not say that there are no drivers', async () => {
  const host = readHost(await sourceOf(TREE), { depth: 'grouping' });
  if (!host.ok) throw new Error(host.error.message);
  const [first] = bindingsOf(host.value).values();
  expect(first).toEqual({ driver: unreadable('NOT_RECORDED'), groupId: '0' });
});
