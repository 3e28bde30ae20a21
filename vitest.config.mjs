// @ts-check
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const services = './packages/testkit/src/global-setup.ts';

/** Packages whose tests need no service: no database, no Redis. */
const pure = '{contract,log,sync,ui}';

/**
 * @param {string} name
 * @param {Partial<import('vitest/config').ProjectConfig>} test
 */
const project = (name, test) => ({
  // What a test waits for may take long on a busy machine; the default is a second.
  test: { name, environment: 'node', expect: { poll: { timeout: 30_000 } }, ...test },
});

export default defineConfig({
  test: {
    // Of two cores it would use one; most tests wait more than they compute.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      project('unit', {
        include: [
          '{apps,packages}/*/{src,server}/**/*.test.{ts,tsx}',
          `packages/${pure}/tests/**/*.test.{ts,tsx}`,
          'e2e/{attacks,chaos}/**/*.test.ts',
        ],
        // Only what never ends: on a busy machine the random ones take long.
        testTimeout: 120_000,
      }),
      project('store', { include: ['packages/embedded-mongo/tests/**/*.test.ts'], testTimeout: 120_000 }),
      project('integration', {
        include: ['{packages,examples}/*/tests/**/*.test.ts', 'apps/web/tests/**/*.test.ts'],
        exclude: [`packages/${pure}/**`, 'packages/embedded-mongo/**', '**/node_modules/**'],
        globalSetup: [services],
        testTimeout: 120_000,
      }),
      project('realtime', {
        include: ['apps/ws/tests/**/*.test.ts'],
        globalSetup: [services],
        testTimeout: 120_000,
      }),
      project('launcher', { include: ['tooling/*/tests/**/*.test.mjs'], testTimeout: 120_000 }),
      project('docs', {
        include: ['docs/tests/**/*.test.ts'],
        globalSetup: [services],
        testTimeout: 120_000,
      }),
    ],
  },
});
