#!/usr/bin/env node
/*
 * The command `airlock`. Its syntax is old on purpose: Node 18 has to parse it, to start the rest
 * again under the Node 24 that the project or its package brings.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const here = dirname(fileURLToPath(import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  await import('./main.js');
} else {
  startAgain();
}

function startAgain(): void {
  const node = [
    join(here, '../../node_modules/node/bin/node'),
    join(here, '../../../node/bin/node'),
    '/usr/lib/airlock/node/bin/node',
  ].find((path) => existsSync(path));
  if (node === undefined) {
    process.stderr.write(
      `airlock: Node ${NEEDED_MAJOR} is needed, this is ${process.versions.node}, and the one that comes with Airlock is missing: run npm install\n`,
    );
    process.exit(2);
  }
  const child = spawnSync(node, [join(here, 'airlock.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exit(child.status ?? 2);
}
