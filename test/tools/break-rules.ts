import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brokenRules, type BrokenRule } from './broken-rules.ts';

const HELP = `Usage: npm run break-rules -- [--kept FOLDER] [--write]

Breaks one rule of the engine at a time, in a copy, and shows who notices: the unit tests, and the boots that
\`npm run lab -- --keep FOLDER\` left.

  --kept FOLDER   boots to judge again with each broken engine
  --write         keep the table in test/lab/BROKEN-RULES.md

Exit status: 0 each was noticed, 1 one was not.
`;

const TOP = join(import.meta.dirname, '../..');
const COPIED = ['main', 'shared', 'test', 'assets', 'package.json', 'vitest.config.ts'];
const CONFIGURATION = ['tsconfig.base.json', 'tsconfig.json'];

const { values: options } = parseArgs({
  options: {
    kept: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

interface Noticed {
  readonly broken: BrokenRule;
  readonly unitTests: number;
  /** \`undefined\`: no boots were given. */
  readonly boots: number | undefined;
}

process.exitCode = options.help ? print(HELP) : await main();

async function main(): Promise<number> {
  const copy = mkdtempSync(join(tmpdir(), 'airlock-broken-'));
  try {
    for (const path of [...COPIED, ...CONFIGURATION]) {
      cpSync(join(TOP, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(TOP, 'node_modules'), join(copy, 'node_modules'));
    const whole = await ask(copy, undefined);
    if (whole.unitTests > 0 || (whole.boots ?? 0) > 0) {
      print(`The engine fails before anything is broken: ${JSON.stringify(whole)}\n`);
      return 1;
    }
    const all: Noticed[] = [];
    for (const broken of brokenRules) all.push(await breakOne(copy, broken));
    if (options.write) writeFileSync(join(TOP, 'test/lab/BROKEN-RULES.md'), table(all));
    const missed = all.filter(({ unitTests, boots }) => unitTests + (boots ?? 0) === 0);
    print(`${all.length - missed.length} passed, ${missed.length} failed\n`);
    return missed.length > 0 ? 1 : 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function breakOne(copy: string, broken: BrokenRule): Promise<Noticed> {
  const path = join(copy, broken.file);
  const whole = readFileSync(path, 'utf8');
  if (whole.split(broken.from).length !== 2) {
    throw new Error(`${broken.rule}: not just once in ${broken.file}: ${broken.from}`);
  }
  writeFileSync(
    path,
    whole.replace(broken.from, () => broken.to),
  );
  const { unitTests, boots } = await ask(copy, broken);
  writeFileSync(path, whole);
  const figures = boots === undefined ? '' : `, ${boots} boots`;
  print(`${broken.rule}, ${broken.believes}: noticed by ${unitTests} unit tests${figures}\n`);
  return { broken, unitTests, boots };
}

async function ask(copy: string, broken: BrokenRule | undefined) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const vitest = [
    'run',
    'test/main/engine',
    'test/main/backend',
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  await run(join(TOP, 'node_modules/.bin/vitest'), vitest, copy);
  const { numFailedTests, numPassedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
    numFailedTests: number;
    numPassedTests: number;
  };
  if (numPassedTests + numFailedTests === 0) throw new Error('No unit test ran');
  return { broken, unitTests: numFailedTests, boots: await bootsThatDisagree(copy) };
}

async function bootsThatDisagree(copy: string): Promise<number | undefined> {
  if (options.kept === undefined) return undefined;
  const output = await run(process.execPath, ['test/lab/judge-again.ts', options.kept], copy);
  const counted = /^\d+ passed, (\d+) failed$/m.exec(output)?.[1];
  if (counted === undefined) throw new Error(`The boots were not judged:\n${output}`);
  return Number(counted);
}

/** Failing is what these programs are for. */
function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}

function table(all: readonly Noticed[]): string {
  const rows = all.map(
    ({ broken, unitTests, boots }) =>
      `| ${broken.rule} | ${broken.believes} | ${unitTests} | ${boots ?? '-'} |`,
  );
  return [
    '# Rules broken on purpose',
    '',
    'Written by `npm run break-rules -- --kept FOLDER --write`: one rule at a time is broken in a copy of the engine; the',
    'unit tests run, and the boots of the laboratory (`RESULTS.md`) are judged again. A rule that no boot notices is one',
    'of a machine that nobody can emulate.',
    '',
    '| rule | the broken engine believes that | unit tests that fail | boots that disagree |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
