import { parseArgs } from 'node:util';
import { fuzzHelper } from '../support/helper-fuzz/fuzz-helper.ts';

/**
 * Fuzzes `airlock-helper` for longer than CI does: `node test/tools/fuzz-helper.ts --count 100000`.
 * Needs root, strace and /dev/fuse. Prints what it counted; fails when anything was violated.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
});

const count = Number(values.count);
const seed = Number(values.seed);
const startedAt = Date.now();
const halves = await Promise.all(
  (['dash', 'BusyBox ash'] as const).map((shell, index) =>
    fuzzHelper({
      shell,
      seed: seed + index,
      count: Math.ceil(count / 2),
      onProgress: (done) => {
        if (done % 5000 === 0) console.error(`${shell}: ${done}`);
      },
    }),
  ),
);
const report = { count, seed, seconds: Math.round((Date.now() - startedAt) / 1000), halves };
console.log(JSON.stringify(report, undefined, 2));
process.exitCode = halves.some(({ violations }) => violations.length > 0) ? 1 : 0;
