// @ts-check
import tseslint from 'typescript-eslint';
import { boundaries } from './boundaries.mjs';
import { syntax } from './syntax.mjs';

/** Plain scripts that run before, or outside, any TypeScript project. */
const untyped = [
  '*.mjs',
  '**/*.config.{ts,mjs,js}',
  '{apps,packages,bench,e2e,docs,tooling/eslint}/**/*.mjs',
  'tooling/launcher/src/index.mjs',
];

/** The one place of an application that reads the environment, and what runs apart from the product. */
const readsEnvironment = ['**/env.ts', 'tooling/**', '**/*.config.{ts,mjs,js}', 'bench/**'];

/** The rules of the whole tree. @type {import('eslint').Linter.Config[]} */
export const config = /** @type {import('eslint').Linter.Config[]} */ (
  tseslint.config(
    {
      ignores: [
        '**/{node_modules,dist,.next,.data,.turbo,coverage,test-results,playwright-report}/',
        '**/next-env.d.ts',
      ],
    },
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },
    ...tseslint.configs.strictTypeChecked,
    { languageOptions: { parserOptions: { projectService: true } } },
    {
      rules: {
        '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
        '@typescript-eslint/no-import-type-side-effects': 'error',
        '@typescript-eslint/switch-exhaustiveness-check': [
          'error',
          { considerDefaultExhaustiveForUnions: true },
        ],
        '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
        '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
        // Interfaces of ours are asynchronous where one implementation happens not to wait.
        '@typescript-eslint/require-await': 'off',
        // Code points are meant wherever a text is spread; graphemes are asked for by name (Intl.Segmenter).
        '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
        eqeqeq: 'error',
        'no-console': 'error',
        'no-empty': ['error', { allowEmptyCatch: false }],
        'no-restricted-properties': [
          'error',
          { object: 'process', property: 'env', message: 'Read the environment in env.ts.' },
        ],
      },
    },
    ...boundaries,
    ...syntax,
    { files: readsEnvironment, rules: { 'no-restricted-properties': 'off' } },
    // mongoose's types name a class where every schema, by its documentation, is written as a literal.
    { files: ['packages/db/**'], rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' } },
    { files: ['bench/**'], rules: { 'no-console': 'off' } },
    // JSDoc's casts are invisible to these rules; tsc (checkJs) sees them.
    {
      files: ['**/*.mjs'],
      rules: Object.fromEntries(
        ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [
          `@typescript-eslint/no-unsafe-${what}`,
          'off',
        ]),
      ),
    },
    { files: untyped, ...tseslint.configs.disableTypeChecked },
  )
);
