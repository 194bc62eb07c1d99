// Typed lint, and the arrows of the house: which room may import from which.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Room -> the rooms it may import from. `workbench` is the only one that may import `vscode`. */
const rooms = {
  exotel: [],
  trunks: ['exotel'],
  pbx: ['exotel'],
  checks: ['exotel'],
  blueprint: ['exotel'],
  sandbox: [],
  webview: [],
  workbench: ['exotel', 'trunks', 'pbx', 'checks', 'blueprint', 'sandbox'],
};

/** The panel's browser side knows these by type only: nothing of the host ends up in its bundle. */
const typesOnly = {
  webview: ['workbench/panel/protocol', 'workbench/troubleshoot/protocol', 'pbx/types'],
};

const arrows = Object.entries(rooms).map(([room, allowed]) => {
  const forbidden = Object.keys(rooms).filter(
    (other) => other !== room && !allowed.includes(other),
  );
  const types = typesOnly[room] ?? [];
  const except = types.length > 0 ? `(?!(${types.join('|')})$)` : '';
  const patterns = [
    {
      regex: `^(\\.\\./)+${except}(${forbidden.join('|')})(/|$)`,
      message: `${room}/ may import from ${allowed.join(', ') || 'no other room'} only.`,
    },
    { regex: '^(\\.\\./)+extension$', message: 'Nothing imports the composition root.' },
  ];
  if (types.length > 0) {
    patterns.push({
      regex: `^(\\.\\./)+(${types.join('|')})$`,
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
