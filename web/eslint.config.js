import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * Which part may use which, as a written table. A part that is not named in a row's list is out of bounds for it.
 * Everything not listed here (app, demo) stands above the parts and may use ui, text, screens and records.
 */
const parts = ['core', 'vault', 'store', 'sync', 'records', 'screens', 'ui', 'text', 'demo'];
const mayUse = {
  core: [],
  vault: [],
  store: ['vault'],
  sync: ['vault'],
  records: ['core', 'vault', 'store', 'sync'],
  text: [],
  ui: ['text'],
  screens: ['ui', 'text', 'records'],
  demo: ['records', 'text', 'ui'],
};

function bounds(part) {
  const forbidden = parts.filter((other) => other !== part && !mayUse[part].includes(other));
  return {
    files: [`src/${part}/**/*.{ts,svelte}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: forbidden.map((other) => ({
            group: [`**/${other}/**`, `**/${other}`],
            message: `${part} may use ${mayUse[part].join(', ') || 'no other part'}; move the code, or pass a value in.`,
          })),
        },
      ],
    },
  };
}

/** Screens draw: what they know of the records comes through `state.ts` and `face.svelte.ts`. */
const screensDraw = {
  files: ['src/screens/**/*.svelte'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: ['core', 'vault', 'store', 'sync', 'records', 'demo'].map((other) => ({
          group: [`**/${other}/**`],
          message: 'A component only draws; take this from state.ts or face.svelte.ts.',
        })),
      },
    ],
  },
};

/** The records live in the worker: no page there. */
const noPage = {
  files: ['src/{core,vault,store,sync}/**/*.ts'],
  rules: { 'no-restricted-globals': ['error', 'document', 'window', 'localStorage'] },
};

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'svelte/no-navigation-without-resolve': 'off', 'prefer-const': 'off' },
  },
  { rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] } },
  ...parts.map(bounds),
  screensDraw,
  noPage,
);
