/**
 * Who may import whom: the table of ARCHITECTURE.md, one rule for each line. `tsc -b` already
 * refuses a file that no project reference allows; these rules add packages, Node's own modules,
 * cycles, and the parts of one area among themselves. `test/boundaries.test.ts` plants one
 * violation of each kind.
 */

const OWN = '^(main|renderer|shared|assets|test)/';
const NODE_MODULES = '(^|/)node_modules/';

/** Matches a package, wherever npm has put it. */
const packages = (...names) => names.map((name) => `${NODE_MODULES}(@types/)?${name}(/|$)`);

/**
 * One line of the table: the area may import itself, `areas`, and `allowed` (packages, single
 * modules of Node), and any module of Node where `node` is true. Nothing else.
 */
function area(name, from, areas, { allowed = [], node = false } = {}) {
  const to = { pathNot: [from, ...areas.map((path) => `^${path}/`), ...allowed] };
  return {
    name,
    severity: 'error',
    from: { path: from },
    to: node ? { ...to, dependencyTypesNot: ['core'] } : to,
  };
}

/** Node's modules appear with or without their prefix: `node:fs` is `fs`. */
const FILE_MODULES = '^(node:)?(fs|fs/promises|path|buffer|zlib|stream|stream/promises|util|url)$';
const ARCHIVES = packages('tar-stream', 'xz-decompress', 'unbzip2-stream', 'yauzl');

const BELOW_BACKEND = [
  'shared',
  'main/(pci|quirks|engine|host|reports|redact|documents|snapshot|library|ssh|binding|vmconfig)',
];

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one concept, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing would slip past every other rule.',
      severity: 'error',
      from: { path: OWN },
      to: { couldNotResolve: true },
    },
    {
      name: 'only-electron-area-imports-electron',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/', pathNot: '^main/electron/' },
      to: { path: [...packages('electron'), '^electron(/|$)'] },
    },
    {
      name: 'only-library-imports-sqlite',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/', pathNot: '^main/library/' },
      to: { path: packages('better-sqlite3') },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/' },
      to: { path: '^test/' },
    },
    area('shared-imports-zod-only', '^shared/', [], { allowed: packages('zod') }),
    area('pci-is-pure', '^main/pci/', ['shared']),
    area('quirks-is-pure', '^main/quirks/', ['shared']),
    area('engine-is-pure', '^main/engine/', ['shared', 'main/pci', 'main/quirks']),
    area('host-reads-files', '^main/host/', ['shared', 'main/pci'], {
      allowed: [FILE_MODULES, ...ARCHIVES],
    }),
    area(
      'reports-and-snapshot-read-bundles',
      '^main/(reports|snapshot)/',
      ['shared', 'main/pci', 'main/host'],
      { allowed: [FILE_MODULES, ...ARCHIVES, ...packages('@xmldom/xmldom')] },
    ),
    area('documents-are-pure', '^main/documents/', ['shared']),
    area('redact-rewrites', '^main/redact/', ['shared', 'main/pci', 'main/host'], {
      allowed: [FILE_MODULES, '^(node:)?events$', ...ARCHIVES],
    }),
    area('library-stores', '^main/library/', ['shared'], {
      allowed: [FILE_MODULES, '^(node:)?crypto$', ...packages('better-sqlite3', 'tar-stream')],
    }),
    area('ssh-starts-ssh', '^main/ssh/', ['shared'], { node: true }),
    area('vmconfig-is-pure', '^main/vmconfig/', ['shared', 'main/pci', 'main/engine'], {
      allowed: packages('yaml'),
    }),
    area('plan-is-pure', '^main/binding/(plan|boot)/', ['shared', 'main/pci', 'main/engine'], {
      allowed: packages('diff'),
    }),
    area(
      'run-drives-the-helper',
      '^main/binding/(?!plan/|boot/)',
      ['shared', 'main/binding/plan', 'main/ssh'],
      { node: true },
    ),
    area('backend-joins', '^main/backend/', BELOW_BACKEND, {
      node: true,
      allowed: packages('zod'),
    }),
    area('electron-is-a-shell', '^main/electron/', ['shared', 'main/backend'], {
      node: true,
      allowed: packages('electron', 'zod'),
    }),
    area('serve-is-a-shell', '^main/serve/', ['shared', 'main/backend'], {
      node: true,
      allowed: packages('ws', 'zod'),
    }),
    // `airlock serve` starts the serve shell.
    area('cli-is-a-shell', '^main/cli/', ['shared', 'main/backend', 'main/serve'], {
      node: true,
      allowed: packages('commander', 'diff', 'zod'),
    }),
    {
      name: 'renderer-is-untrusted',
      comment: 'Never main, not even a type: the window knows the contract and nothing behind it.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^main/', '^test/'] },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    // Types count: an `import type` is an import.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: NODE_MODULES },
    exclude: { path: ['^out/', '^dist/', '^test/fixtures/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
