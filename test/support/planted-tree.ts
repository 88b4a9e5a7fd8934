import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Plant } from './planted-violations.ts';

export const PROJECT_ROOT = join(import.meta.dirname, '../..');

/** Folders of the project that hold the product's sources, as import rules know them. */
export function areaFolders(): readonly string[] {
  const main = readdirSync(join(PROJECT_ROOT, 'main')).map((name) => `main/${name}`);
  return [...main, ...main.flatMap(projectsBelow), 'renderer', 'shared'];
}

/** Folders of an area that are projects of their own. */
function projectsBelow(area: string): readonly string[] {
  return readdirSync(join(PROJECT_ROOT, area))
    .map((name) => `${area}/${name}`)
    .filter((folder) => existsSync(join(PROJECT_ROOT, folder, 'tsconfig.json')));
}

/**
 * Builds a small tree in a temporary folder: the project's configuration, one proper file in each
 * area (`base.ts`), and the plants. The project's own tree is never written to.
 *
 * @returns The folder; the caller removes it.
 */
export function plantTree(plants: readonly Plant[]): string {
  const tree = realpathSync(mkdtempSync(join(tmpdir(), 'airlock-planted-')));
  const configs = ['package.json', 'eslint.config.js', '.dependency-cruiser.cjs'];
  const projects = readdirSync(PROJECT_ROOT).filter((name) => /^tsconfig.*\.json$/.test(name));
  for (const file of [...configs, ...projects]) copy(file, tree);
  for (const area of [...areaFolders(), 'test']) {
    copy(`${area}/tsconfig.json`, tree);
    write(tree, `${area}/base.ts`, 'export const base = 1;\nexport type Base = typeof base;\n');
  }
  for (const { file, text } of plants) write(tree, file, `${text}\n`);
  linkPackages(tree);
  return tree;
}

/**
 * Runs a tool of the project in a tree and resolves to its standard output. The status is not
 * looked at: the tools are meant to fail there.
 */
export function runTool(tree: string, tool: string, args: readonly string[]): Promise<string> {
  const program = join(PROJECT_ROOT, 'node_modules', '.bin', tool);
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { promise, resolve } = Promise.withResolvers<string>();
  const options = { cwd: tree, env, maxBuffer: 64e6 };
  execFile(program, args, options, (_error, stdout) => resolve(stdout));
  return promise;
}

/** Links each package by itself: caches below node_modules must not be shared with the project. */
function linkPackages(tree: string): void {
  mkdirSync(join(tree, 'node_modules'));
  for (const name of readdirSync(join(PROJECT_ROOT, 'node_modules'))) {
    if (name.startsWith('.')) continue;
    symlinkSync(join(PROJECT_ROOT, 'node_modules', name), join(tree, 'node_modules', name));
  }
}

function copy(file: string, tree: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  copyFileSync(join(PROJECT_ROOT, file), join(tree, file));
}

function write(tree: string, file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), text);
}
