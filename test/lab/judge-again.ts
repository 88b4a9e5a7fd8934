import { join } from 'node:path';
import { listedKernels } from '../support/fetch-kernel.ts';
import type { Boot } from './boot.ts';
import { catalogue } from './catalogue.ts';
import { groupLives } from './group-lives.ts';
import { judge } from './judge.ts';
import { keptBoot } from './kept-boot.ts';
import { complaintsOfStates } from './viability-experiment.ts';

/**
 * Judges boots again that `npm run lab -- --keep FOLDER` kept, and prints how many agree:
 *
 *     node test/lab/judge-again.ts FOLDER
 */

interface Judged {
  readonly name: string;
  complaintsIn(boot: Boot): Promise<readonly string[]>;
}

const all: readonly Judged[] = [
  ...catalogue.map((topology) => ({
    name: topology.name,
    complaintsIn: async (boot: Boot) => (await judge(topology, boot)).complaints,
  })),
  ...groupLives.map((life) => ({
    name: `viability-${life.name}`,
    complaintsIn: (boot: Boot) => complaintsOfStates(life, boot),
  })),
];

const [folder = ''] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const { label } of listedKernels) {
  for (const { name, complaintsIn } of all) {
    const boot = keptBoot(join(folder, `${name}-${label}`));
    if (boot === undefined) continue;
    const complaints = await complaintsIn(boot);
    if (complaints.length > 0) failed++;
    else passed++;
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
