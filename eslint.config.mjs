// Typed lint, and the arrows of the house: which room may import from which.
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import spokenWords from './test/support/lint/spoken-words.mjs';

/**
 * The rooms, each with the rooms it may import from. A room in the same line as another does not import
 * it. `vscode` is imported in workbench/ and by the composition root only.
 */
const LINES = [
  ['workbench'],
  ['pages'],
  ['app'],
  ['checks', 'trace'],
  ['pbx'],
  ['setup', 'trunks', 'sip'],
  ['exotel'],
  ['terms'],
];
const right = LINES.flatMap((line, at) => line.map((room) => [room, LINES.slice(at + 1).flat()]));
const rooms = {
  ...Object.fromEntries(right),
  // What pbx writes for a trunk rests on plain facts: it does not know the model.
  pbx: ['setup', 'sip', 'exotel', 'terms'],
  // The second front: the application and nothing beneath it.
  cli: ['app'],
  webview: [],
  sandbox: [],
};

/** What is said to nobody, in another language than the person's, or by the page that is told its words. */
const unspoken = [
  'src/sandbox/**',
  'src/webview/**',
  // Titles are written out once, here; package.nls.json and the texts of the questions come from them.
  'src/workbench/commands/declarations.ts',
];

/** Known by type only: nothing of it ends up in the bundle of a page. */
const typesOnly = { webview: ['pages'] };
/** Loaded only when used: by a dynamic import, which this rule does not look at. */
const dynamicOnly = { app: ['sandbox'] };

const arrows = Object.entries(rooms).map(([room, allowed]) => {
  const types = [...(typesOnly[room] ?? []), ...(dynamicOnly[room] ?? [])];
  const forbidden = Object.keys(rooms).filter(
    (other) => other !== room && !allowed.includes(other) && !types.includes(other),
  );
  const patterns = [
    {
      regex: `^(\\.\\./)+(${forbidden.join('|')})(/|$)`,
      message: `${room}/ may import from ${allowed.join(', ') || 'no other room'} only.`,
    },
    { regex: '^(\\.\\./)+extension$', message: 'Nothing imports the composition root.' },
  ];
  if (types.length > 0) {
    patterns.push({
      regex: `^(\\.\\./)+(${types.join('|')})(/|$)`,
      allowTypeImports: true,
      message: `${room}/ may import types from here, not values.`,
    });
  }
  const paths =
    room === 'workbench' ? [] : [{ name: 'vscode', message: 'Only workbench/ imports vscode.' }];
  return {
    files: [`src/${room}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns, paths }] },
  };
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      '.vscode-test/',
      '.pbx-test/',
      'node_modules/',
      'test/support/vscode-server/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `{}` placeholders and single-letter type parameters are how this code says "shape" on purpose.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  ...arrows,
  {
    files: ['src/**/*.ts'],
    ignores: unspoken,
    plugins: { house: { rules: { 'spoken-words': spokenWords } } },
    rules: { 'house/spoken-words': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
    },
  },
  {
    // Programs of their own: their output is the terminal.
    files: ['src/sandbox/cli.ts', 'test/**/*.ts', 'test/**/*.mjs', 'esbuild.js'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        require: 'readonly',
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
);
