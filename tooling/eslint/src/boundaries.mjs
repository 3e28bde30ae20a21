// @ts-check

/**
 * Who may import whom, as source. Type imports count, except where a package is listed under `typesOnly`.
 * `turbo boundaries` holds the same table for the manifests.
 * @type {Record<string, { workspace: string[], typesOnly?: string[] }>}
 */
const packages = {
  'packages/contract': { workspace: [] },
  'packages/log': { workspace: [] },
  'packages/ui': { workspace: [] },
  'packages/embedded-mongo': { workspace: [] },
  'packages/ws-adapter': { workspace: [] },
  'packages/db': { workspace: ['contract', 'log'] },
  'packages/pubsub': { workspace: ['contract', 'log'] },
  'packages/storage': { workspace: ['contract', 'log'] },
  'packages/auth': { workspace: ['contract', 'db'] },
  'packages/core': { workspace: ['auth', 'contract', 'db', 'log', 'pubsub', 'storage'] },
  'packages/api': { workspace: ['contract', 'core', 'log'] },
  'packages/sync': { workspace: ['contract'] },
  'packages/client': { workspace: ['api', 'contract', 'sync'], typesOnly: ['api'] },
  'packages/backup': { workspace: ['db', 'log', 'storage'] },
  'apps/web': { workspace: ['api', 'auth', 'client', 'contract', 'log', 'sync', 'ui'] },
  'apps/ws': { workspace: ['api', 'auth', 'contract', 'log', 'ws-adapter'] },
  'examples/echo-bot': { workspace: ['client'] },
};

/** The one file of packages/api that puts the parts together. */
const composition = { files: ['packages/api/src/backend.ts'], extra: ['auth', 'db', 'pubsub'] };

/** The files of apps/web that run on the server; the rest of its source reaches the browser. */
const webServerFiles = [
  'apps/web/src/**/*.server.{ts,tsx}',
  'apps/web/src/server/**',
  'apps/web/src/app/**/{layout,page,route}.{ts,tsx}',
];

/** Libraries that one package wraps for all others. */
const wrapped = [
  { library: 'ioredis', owners: ['packages/pubsub'] },
  { library: 'rate-limiter-flexible', owners: ['packages/pubsub'] },
  { library: 'lucia', owners: ['packages/auth'] },
  { library: '@node-rs/argon2', owners: ['packages/auth'] },
  { library: 'mongoose', owners: ['packages/db'] },
  { library: 'lmdb', owners: ['packages/embedded-mongo'] },
];

const tests = ['**/*.test.{ts,tsx,mjs}', '**/tests/**'];

/** @typedef {{ regex: string, message: string, allowTypeImports?: boolean }} Pattern */

/** @param {string} dir @returns {Pattern[]} */
const librariesClosedTo = (dir) =>
  wrapped
    .filter(({ owners }) => !owners.includes(dir))
    .map(({ library, owners }) => ({
      regex: `^${library}(/|$)`,
      message: `Only ${owners.join(', ')} may import ${library}.`,
    }));

/**
 * @param {string} dir
 * @param {string[]} allowed
 * @returns {Pattern}
 */
const workspaceClosedTo = (dir, allowed) => ({
  regex: `^@confab/(?!(${[...allowed, '-'].join('|')})(/|$))`,
  message: `${dir} may import only: ${allowed.join(', ') || 'nothing of the workspace'}.`,
});

/** @type {Pattern} */
const noProcessEnv = {
  regex: '^(node:)?process$',
  message: 'Read the environment in env.ts; process is a global.',
};

/** @type {Pattern} */
const noTransport = { regex: '^@trpc/', message: 'core knows nothing of the transport.' };

/** @type {Pattern} */
const noSleep = { regex: '^(node:)?timers/promises$', message: 'A test waits for a state, never for time.' };

/** @param {Pattern[]} patterns @returns {import('eslint').Linter.RulesRecord} */
const closed = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

/** @param {string[]} names @returns {import('eslint').Linter.RulesRecord} */
const typesOnly = (names) => ({
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      patterns: names.map((name) => ({
        regex: `^@confab/${name}(/|$)`,
        allowTypeImports: true,
        message: `Client code imports @confab/${name} as a type only (import type …).`,
      })),
    },
  ],
});

/** @param {string} dir */
const sourcePatterns = (dir) => [
  ...librariesClosedTo(dir),
  noProcessEnv,
  ...(dir === 'packages/core' ? [noTransport] : []),
];

/**
 * The import rules, one block per package: a later block of the same rule replaces an earlier one, so each block is whole.
 * @type {import('eslint').Linter.Config[]}
 */
export const boundaries = [
  { files: ['**/*.{ts,tsx,mts,mjs}'], rules: closed([...librariesClosedTo('elsewhere'), noProcessEnv]) },
  ...Object.entries(packages).flatMap(([dir, { workspace, typesOnly: types }]) => [
    {
      files: [`${dir}/**/*.{ts,tsx,mts}`],
      rules: closed([...sourcePatterns(dir), workspaceClosedTo(dir, workspace)]),
    },
    ...(types ? [{ files: [`${dir}/src/**/*.ts`], rules: typesOnly(types) }] : []),
  ]),
  {
    files: composition.files,
    rules: closed([
      ...sourcePatterns('packages/api'),
      workspaceClosedTo('packages/api', ['contract', 'core', 'log', ...composition.extra]),
    ]),
  },
  { files: ['apps/web/src/**/*.{ts,tsx}'], ignores: webServerFiles, rules: typesOnly(['api']) },
  // Tests see what their manifest names (knip), testkit included, but still go through the owner of a wrapped library.
  ...Object.keys(packages).map((dir) => ({
    files: tests.map((glob) => `${dir}/${glob}`),
    rules: closed([...librariesClosedTo(dir), noProcessEnv, noSleep]),
  })),
  // The store is held against, and measured through, the clients that the product uses.
  {
    files: ['packages/embedded-mongo/tests/**', 'bench/store/**'],
    rules: closed([
      ...librariesClosedTo('packages/embedded-mongo').filter(({ regex }) => !regex.startsWith('^mongoose')),
      noProcessEnv,
      noSleep,
    ]),
  },
  {
    files: ['e2e/**/*.ts', 'docs/tests/**/*.ts'],
    rules: closed([...librariesClosedTo('e2e'), noProcessEnv, noSleep]),
  },
  // A load keeps a pace, and faults last for a while.
  {
    files: ['e2e/{attacks,chaos}/**/*.ts'],
    rules: closed([...librariesClosedTo('e2e'), noProcessEnv]),
  },
];
