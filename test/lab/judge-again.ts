import { join } from 'node:path';
import { listedKernels } from '../support/fetch-kernel.ts';
import { experiments } from './experiments.ts';
import { keptBoots } from './kept-boot.ts';

/**
 * Judges boots again that `npm run lab -- --keep FOLDER` kept, and prints how many agree:
 *
 *     node test/lab/judge-again.ts FOLDER
 */
const [folder = ''] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const { label } of listedKernels) {
  for (const { name, judge } of experiments) {
    const boots = keptBoots(join(folder, `${name}-${label}`));
    if (boots.length === 0) continue;
    const { complaints } = await judge(boots);
    if (complaints.length > 0) failed++;
    else passed++;
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
