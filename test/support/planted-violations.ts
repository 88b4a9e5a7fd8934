/** A file that breaks a rule, and the name by which the tool objects to it. */
export interface Plant {
  readonly claim: string;
  readonly file: string;
  readonly text: string;
  readonly objection: string;
}

/** For dependency-cruiser. */
export const importPlants: readonly Plant[] = [
  plant(
    'shared imports no package but zod',
    'shared',
    "import 'react';",
    'shared-imports-zod-only',
  ),
  plant('shared imports no area', 'shared', uses('../main/pci'), 'shared-imports-zod-only'),
  plant('pci reads no file', 'main/pci', "import 'node:fs';", 'pci-is-pure'),
  plant('pci does not know the engine', 'main/pci', uses('../engine'), 'pci-is-pure'),
  plant('quirks are data', 'main/quirks', "import 'node:path';", 'quirks-is-pure'),
  plant('the engine does not know sources', 'main/engine', uses('../host'), 'engine-is-pure'),
  plant('the engine has no package', 'main/engine', "import 'zod';", 'engine-is-pure'),
  plant(
    'the engine has no dynamic import either',
    'main/engine',
    "export const late = () => import('node:os');",
    'engine-is-pure',
  ),
  plant('host decides nothing', 'main/host', uses('../engine'), 'host-reads-files'),
  plant('host starts nothing', 'main/host', "import 'node:child_process';", 'host-reads-files'),
  plant(
    'redaction starts nothing',
    'main/redact',
    "import 'node:child_process';",
    'redact-rewrites',
  ),
  plant('documents know no host', 'main/documents', uses('../host'), 'documents-are-pure'),
  plant('the library holds no verdicts', 'main/library', uses('../engine'), 'library-stores'),
  plant('ssh knows no host facts', 'main/ssh', uses('../host'), 'ssh-starts-ssh'),
  plant('backend runs without Electron', 'main/backend', "import 'electron';", 'backend-joins'),
  plant(
    'only electron imports electron',
    'main/serve',
    "import 'electron';",
    'only-electron-area-imports-electron',
  ),
  plant(
    'only the library opens SQLite',
    'main/electron',
    "import 'better-sqlite3';",
    'only-library-imports-sqlite',
  ),
  plant('electron goes through backend', 'main/electron', uses('../engine'), 'electron-is-a-shell'),
  plant('serve goes through backend', 'main/serve', uses('../host'), 'serve-is-a-shell'),
  plant('the cli goes through backend', 'main/cli', uses('../library'), 'cli-is-a-shell'),
  plant(
    'the renderer imports no main',
    'renderer',
    uses('../main/backend'),
    'renderer-is-untrusted',
  ),
  plant(
    'the renderer imports no type of main',
    'renderer',
    "import type { Base } from '../main/pci/base.ts';\nexport type Alias = Base;",
    'renderer-is-untrusted',
  ),
  plant('the renderer has no Node', 'renderer', "import 'node:fs';", 'renderer-has-no-node'),
  plant(
    'the product imports no test',
    'main/host',
    uses('../../test'),
    'no-test-code-in-the-product',
  ),
  plant('an import resolves', 'main/pci', "import './nowhere.ts';", 'resolvable'),
  plant('no cycles', 'main/backend', "import './no-cycles-either.ts';", 'no-cycle'),
  plant('no cycles either', 'main/backend', "import './no-cycles.ts';", 'no-cycle'),
];

/** For the compiler. */
export const typePlants: readonly Plant[] = [
  plant(
    'process is unknown to the engine',
    'main/engine',
    'export const a = process.pid;',
    'TS2591',
  ),
  plant('console is unknown to pci', 'main/pci', "console.log('');", 'TS2584'),
  plant('Buffer is unknown to shared', 'shared', 'export const a = Buffer.alloc(1);', 'TS2591'),
  plant(
    'document is unknown to main',
    'main/backend',
    'export const a = document.title;',
    'TS2584',
  ),
  plant(
    'process is unknown to the renderer',
    'renderer',
    'export const a = process.pid;',
    'TS2591',
  ),
  plant('an area compiles its own files only', 'main/engine', uses('../host'), 'TS6307'),
  plant('an index may be absent', 'main/host', 'export const a: string = [""][0];', 'TS2322'),
  plant(
    'absent is not undefined',
    'main/library',
    'export const a: { b?: string } = { b: undefined };',
    'TS2375',
  ),
  plant('no enums', 'main/serve', 'export enum A { B }', 'TS1294'),
  plant('null is checked', 'main/cli', 'export const a: string = null;', 'TS2322'),
  plant(
    'electron has its types',
    'main/electron',
    "import { app } from 'electron';\napp.nothing();",
    'TS2339',
  ),
  plant('tests compile', 'test', "export const a: number = '';", 'TS2322'),
  plant('renderer tests compile', 'test/renderer', "export const a: number = '';", 'TS2322'),
];

/** For the linter. */
export const lintPlants: readonly Plant[] = [
  plant(
    'no floating promise',
    'main/backend',
    'export function a(): void {\n  Promise.resolve(1);\n}',
    '@typescript-eslint/no-floating-promises',
  ),
  plant(
    'a switch handles every member of a union',
    'main/engine',
    "export function a(b: 'c' | 'd'): number {\n  switch (b) {\n    case 'c':\n      return 1;\n  }\n  return 2;\n}",
    '@typescript-eslint/switch-exhaustiveness-check',
  ),
  plant(
    'types come in with import type',
    'main/engine',
    "import { Base } from '../pci/base.ts';\nexport type A = Base;",
    '@typescript-eslint/consistent-type-imports',
  ),
  plant('named exports only', 'renderer', 'export default 1;', 'no-restricted-syntax'),
  plant(
    'no export of everything',
    'main/pci',
    "export * from './base.ts';",
    'no-restricted-syntax',
  ),
  plant('no barrel files', 'main/quirks', "export { base } from './base.ts';", 'airlock/no-barrel'),
  plant('imports end in .ts', 'main/host', "import './base';", 'no-restricted-syntax'),
  plant('no empty catch', 'main/cli', 'try {\n  import.meta.url.at(0);\n} catch {}', 'no-empty'),
  plant(
    'long functions are warned of',
    'main/serve',
    `export function long(): void {\n${'  import.meta.url.at(0);\n'.repeat(61)}}`,
    'max-lines-per-function',
  ),
  plant('no vague file names', 'main/pci', 'export {};', 'airlock/file-name', 'utils.ts'),
  plant('file names are kebab-case', 'main/pci', 'export {};', 'airlock/file-name', 'twoWords.ts'),
];

function plant(
  claim: string,
  area: string,
  text: string,
  objection: string,
  name = `${claim.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.ts`,
): Plant {
  return { claim, file: `${area}/${name}`, text, objection };
}

/** An import of the file that every area of the planted tree has. */
function uses(area: string, file = 'base'): string {
  return `import { base } from '${area}/${file}.ts';\nexport const used = base;`;
}
