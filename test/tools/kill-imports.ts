import { parseArgs } from 'node:util';
import { killImports } from '../support/killed-imports/kill-imports.ts';

/**
 * Kills imports into the library more often than CI does: `node test/tools/kill-imports.ts --count
 * 200`. Prints what it counted; fails when anything was lost or damaged.
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '200' } } });
const startedAtMs = Date.now();
const report = await killImports(Number(values.count), (done) => {
  if (done % 20 === 0) console.error(`${done} kills`);
});
const seconds = Math.round((Date.now() - startedAtMs) / 1000);
console.log(JSON.stringify({ ...report, seconds }, undefined, 2));
process.exitCode = report.violations.length > 0 ? 1 : 0;
