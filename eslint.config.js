import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Names that fit anything attract everything; see "Files and functions" in CONTRIBUTING.md. */
const VAGUE_NAME = /^(utils?|helpers?|manager|misc|common|index)$/;
const KEBAB_CASE = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const PASCAL_CASE = /^[A-Z][A-Za-z0-9]*(\.test)?$/;

/** Files that a tool or a platform wants under a given name, with a default export or both. */
const CONFIG_FILES = ['*.{js,cjs,mjs,ts}', '.*.cjs'];
const ENTRY_FILES = ['main/electron/index.ts'];

/** File names: kebab-case, React components PascalCase, nothing vague. */
const fileName = {
  meta: { type: 'suggestion', schema: [], messages: { vague: '{{text}}', shape: '{{text}}' } },
  create: (context) => ({
    Program(node) {
      const [, stem, extension] = /([^/]+)\.(tsx?|m?js|cjs)$/.exec(context.filename) ?? [];
      if (stem === undefined) return;
      const report = (messageId, text) => context.report({ node, messageId, data: { text } });
      if (VAGUE_NAME.test(stem)) report('vague', `Name this file after its concept, not "${stem}"`);
      const isComponent = extension === 'tsx' && PASCAL_CASE.test(stem);
      if (!isComponent && !KEBAB_CASE.test(stem)) {
        report('shape', `File names are kebab-case (components PascalCase.tsx): "${stem}"`);
      }
    },
  }),
};

/** A file that only hands on what other files own. */
const noBarrel = {
  meta: { type: 'suggestion', schema: [], messages: { barrel: '{{text}}' } },
  create: (context) => ({
    Program(node) {
      const isBarrel =
        node.body.length > 0 && node.body.every((s) => s.type.startsWith('Export') && s.source);
      const text = 'No barrel files: import from the file that owns the thing';
      if (isBarrel) context.report({ node, messageId: 'barrel', data: { text } });
    },
  }),
};

const RELATIVE_WITHOUT_EXTENSION = String.raw`/^\.{1,2}\/(?!.*\.(tsx?|m?js|cjs|json|css|svg|png)(\?.*)?$)/`;

const restrictedSyntax = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Named exports only: a name that the importer makes up cannot be searched for.',
  },
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrel files: name what you hand on.',
  },
  {
    selector: `:matches(ImportDeclaration, ImportExpression)[source.value=${RELATIVE_WITHOUT_EXTENSION}]`,
    message: 'Relative imports end in .ts: Node runs the sources as they are.',
  },
];

export default tseslint.config(
  {
    ignores: ['node_modules/', 'out/', 'dist/', 'test-results/', 'test/fixtures/', 'assets/'],
  },
  {
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { airlock: { rules: { 'file-name': fileName, 'no-barrel': noBarrel } } },
    rules: {
      'airlock/file-name': 'error',
      'airlock/no-barrel': 'error',
      'no-restricted-syntax': ['error', ...restrictedSyntax],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],

      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      // Objects of functions are plain data here; nothing in them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `node:test` style runners and React effects await nothing on purpose; floating promises
      // are what matters and stay an error.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],

      // @eslint/js is not a dependency: its rules that the compiler does not cover, by name.
      eqeqeq: ['error', 'smart'],
      'no-cond-assign': 'error',
      'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
      'no-control-regex': 'off',
      'no-debugger': 'error',
      'no-dupe-else-if': 'error',
      'no-duplicate-imports': 'off',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-fallthrough': 'error',
      'no-loss-of-precision': 'error',
      'no-self-assign': 'error',
      'no-self-compare': 'error',
      'no-sparse-arrays': 'error',
      'no-template-curly-in-string': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-useless-rename': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    // The two rules about hooks themselves; the others prepare for a compiler that is not used.
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Plain JavaScript has no types to check with; `// @ts-check` and tsc look after it.
    files: ['**/*.{js,cjs,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: [...CONFIG_FILES, ...ENTRY_FILES],
    rules: { 'airlock/file-name': 'off' },
  },
  {
    files: CONFIG_FILES,
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax.slice(1)] },
  },
  {
    // A `describe` is as long as its cases; a component is mostly markup.
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      // Parsed output and `expect.any()` are `any`; what they hold is what the test is about.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Functions are handed into pages as text.
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
);
