import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readGuestLogs } from '../../../main/host/read-guest-logs.ts';
import { openSource } from '../../../main/host/open-source.ts';
import { buildTree } from '../../support/build-tree.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

async function logsOf(files: Readonly<Record<string, string>> | undefined) {
  const root = temporaryDirectory();
  buildTree(root, { functions: [{ bdf: '0000:00:02.0' }] });
  const folder = join(root, 'var/log/libvirt/qemu');
  if (files !== undefined) mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files ?? {})) writeFileSync(join(folder, name), text);
  const source = await openSource(root, { nowMs: 0 });
  if (!source.ok) throw new Error(source.error.message);
  return readGuestLogs(source.value);
}

it('the log of each machine is read, in the order of their names', async () => {
  expect(await logsOf({ 'b.log': 'two\n', 'a.log': 'one\n', 'a.log.0': 'old\n' })).toEqual([
    { name: 'a.log', text: 'one' },
    { name: 'b.log', text: 'two' },
  ]);
});

it('of a long log the last lines are kept, and its name says so', async () => {
  const lines = Array.from({ length: 300 }, (_, at) => `line ${at + 1}`);
  const [log] = (await logsOf({ 'a.log': `${lines.join('\n')}\n` })) as readonly [
    { readonly name: string; readonly text: string },
  ];
  expect(log.name).toBe('a.log (its last 200 lines)');
  expect(log.text.split('\n')).toEqual(lines.slice(100));
});

it('a tree without the folder does not say that there were none', async () => {
  expect(await logsOf(undefined)).toEqual({ state: 'unreadable', errno: 'NOT_RECORDED' });
  expect(await logsOf({})).toEqual([]);
});
