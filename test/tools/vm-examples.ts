/**
 * Rewrites the machines in `assets/help/vm-examples.md` by the commands that stand there.
 *
 *     node setup.mjs run test/tools/vm-examples.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillExamples } from '../support/command-examples.ts';
import { run } from '../support/vm-tools/ask-qemu.ts';

const TOP = join(import.meta.dirname, '../..');
const DOCUMENT = join(TOP, 'assets/help/vm-examples.md');

process.chdir(TOP);
const text = await fillExamples(readFileSync(DOCUMENT, 'utf8'), async (...words) => {
  const { output, error } = await run('npm', ['run', '-s', 'airlock', '--', ...words]);
  return { out: output, complaints: error };
});
writeFileSync(DOCUMENT, text);
