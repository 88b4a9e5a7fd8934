import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaFolders, plantTree, PROJECT_ROOT, runTool } from './support/planted-tree.ts';
import { importPlants, lintPlants, typePlants } from './support/planted-violations.ts';

/**
 * Plants one violation of each kind in a small tree, runs the checks of `npm run check` there with
 * the project's own configuration, and expects them to object. A check that finds nothing because
 * it read nothing must not pass.
 */

const AREAS = areaFolders();

let tree = '';
let cruised: Awaited<ReturnType<typeof cruise>>;
let compiled: readonly string[];
let linted: Awaited<ReturnType<typeof lint>>;

beforeAll(async () => {
  tree = plantTree([...importPlants, ...typePlants, ...lintPlants]);
  [cruised, compiled, linted] = await Promise.all([cruise(), compile(), lint()]);
}, 180_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('imports', () => {
  it.each(importPlants)('$claim', ({ file, objection }) => {
    expect(cruised.violations).toContain(`${file}: ${objection}`);
  });

  it('are read in every area, and allowed ones pass', () => {
    expect(cruised.modules).toBeGreaterThan(importPlants.length + AREAS.length);
    expect(cruised.violations.filter((text) => text.includes('/base.ts:'))).toEqual([]);
  });

  it('have a rule for every area', () => {
    const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
    const paths: readonly string[] = forbidden.map((rule: Rule) => rule.from.path ?? '');
    // Rules for one area start with its folder; those for all areas with a group of folders.
    const own = paths.filter((path) => /^\^(main|renderer|shared)\//.test(path));
    const isRuled = (area: string) => own.some((path) => new RegExp(path).test(`${area}/a.ts`));
    expect(AREAS.filter((area) => !isRuled(area))).toEqual([]);
  });
});

describe('types', () => {
  it.each(typePlants)('$claim', ({ file, objection }) => {
    expect(compiled).toContain(`${file}: ${objection}`);
  });

  it('of allowed code pass', () => {
    expect(compiled.filter((text) => text.includes('/base.ts:'))).toEqual([]);
  });

  it('have a project for every area', () => {
    const text = readFileSync(join(PROJECT_ROOT, 'tsconfig.json'), 'utf8');
    const projects = [...text.matchAll(/"path": "([^"]+)"/g)].map((match) => match[1]);
    expect(projects).toEqual(expect.arrayContaining([...AREAS]));
  });
});

describe('lint', () => {
  it.each(lintPlants)('$claim', ({ file, objection }) => {
    expect(linted.get(file)).toContain(objection);
  });

  it('reads every area, and allowed code passes', () => {
    expect(AREAS.map((area) => linted.get(`${area}/base.ts`))).toEqual(AREAS.map(() => []));
  });
});

interface Rule {
  readonly from: { readonly path?: string };
}

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
  readonly cycle?: readonly { readonly name: string }[];
}

async function cruise() {
  const args = ['--output-type=json', 'main', 'renderer', 'shared', 'test'];
  const { summary } = JSON.parse(await runTool(tree, 'depcruise', args));
  const violations = (summary.violations as readonly Violation[]).flatMap(
    // A cycle is reported once, for all its files.
    ({ from, rule, cycle = [] }) =>
      [from, ...cycle.map((step) => step.name)].map((file) => `${file}: ${rule.name}`),
  );
  return { modules: Number(summary.totalCruised), violations };
}

/** Objections of the compiler as `file: TS1234`. */
async function compile(): Promise<readonly string[]> {
  const output = await runTool(tree, 'tsc', ['-b', '--pretty', 'false']);
  const errors = output.matchAll(/^(\S+)\(\d+,\d+\): error (TS\d+)/gm);
  return [...errors].map(([, file, code]) => `${file}: ${code}`);
}

/** Names of the rules that each file breaks. */
async function lint(): Promise<ReadonlyMap<string, readonly (string | null)[]>> {
  const results: readonly {
    readonly filePath: string;
    readonly messages: readonly { readonly ruleId: string | null }[];
  }[] = JSON.parse(await runTool(tree, 'eslint', ['--format=json', '.']));
  return new Map(
    results.map(({ filePath, messages }) => [
      filePath.slice(tree.length + 1),
      messages.map((message) => message.ruleId),
    ]),
  );
}
