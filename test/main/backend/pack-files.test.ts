import { extract } from 'tar-stream';
import { expect, it } from 'vitest';
import { packFiles } from '../../../main/backend/pack-files.ts';

it('packs texts into an archive that readers of tar unpack', async () => {
  const files = [
    { name: 'plan.md', content: `${'é'.repeat(300)}\n`, isExecutable: false },
    { name: 'boot/hook', content: '', isExecutable: false },
    { name: 'do.sh', content: '#!/bin/sh\n', isExecutable: true },
  ];
  const reader = extract();
  reader.end(packFiles('airlock-plan-0', files, 1_700_000_000_500));
  const found: unknown[] = [];
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const { name, mode, uid, mtime } = entry.header;
    found.push([name, mode, uid, mtime?.getTime(), Buffer.concat(chunks).toString()]);
  }
  expect(found).toEqual(
    files.map(({ name, content, isExecutable }) => [
      `airlock-plan-0/${name}`,
      isExecutable ? 0o755 : 0o644,
      0,
      1_700_000_000_000,
      content,
    ]),
  );
});
