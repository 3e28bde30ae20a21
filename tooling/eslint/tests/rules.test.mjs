// @ts-check
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';
import { boundaries } from '../src/boundaries.mjs';
import { syntax } from '../src/syntax.mjs';

const linter = new ESLint({
  cwd: new URL('../../../', import.meta.url).pathname,
  overrideConfigFile: true,
  overrideConfig: [
    /** @type {import('eslint').Linter.Config} */ (tseslint.configs.base),
    ...boundaries,
    ...syntax,
  ],
});

/**
 * @param {string} filePath
 * @param {string} code
 */
async function complaints(filePath, code) {
  const [result] = await linter.lintText(code, { filePath });
  return result?.messages.map(({ message }) => message) ?? [];
}

/** @param {string} name */
const importing = (name) => `import { x } from '${name}';\nx();\n`;

test.each([
  ['packages/contract/src/a.ts', '@confab/log'],
  ['packages/db/src/a.ts', '@confab/core'],
  ['packages/auth/src/a.ts', '@confab/pubsub'],
  ['packages/api/src/routers/a.ts', '@confab/db'],
  ['packages/core/src/a.ts', '@confab/testkit'],
  ['packages/sync/src/a.ts', '@confab/api'],
  ['apps/ws/src/a.ts', '@confab/core'],
  ['apps/web/src/features/a.tsx', '@confab/db'],
  ['packages/core/src/a.ts', '@trpc/server'],
  ['packages/core/src/a.ts', 'mongoose'],
  ['packages/core/src/a.ts', 'ioredis'],
  ['packages/api/src/a.ts', 'rate-limiter-flexible'],
  ['apps/web/src/server/a.ts', 'lucia'],
  ['packages/api/tests/a.test.ts', '@node-rs/argon2'],
  ['packages/log/src/a.ts', 'node:process'],
  ['packages/api/tests/a.test.ts', 'node:timers/promises'],
  ['apps/web/src/features/a.tsx', '@confab/api'],
])('%s may not import %s', async (file, name) => {
  expect(await complaints(file, importing(name))).toHaveLength(1);
});

test.each([
  ['packages/db/src/a.ts', 'mongoose'],
  ['packages/pubsub/src/a.ts', 'ioredis'],
  ['packages/auth/src/a.ts', '@node-rs/argon2'],
  ['packages/api/src/backend.ts', '@confab/db'],
  ['packages/api/tests/a.test.ts', '@confab/testkit'],
  ['packages/embedded-mongo/tests/a.test.ts', 'mongoose'],
  ['apps/ws/src/a.ts', '@confab/api'],
  ['apps/web/server/a.ts', '@confab/api'],
])('%s may import %s', async (file, name) => {
  expect(await complaints(file, importing(name))).toEqual([]);
});

test('client code may import the router as a type', async () => {
  const code = "import type { AppRouter } from '@confab/api';\nexport type Router = AppRouter;\n";
  expect(await complaints('apps/web/src/lib/trpc.ts', code)).toEqual([]);
});

test.each([
  ['a sleep', 'await new Promise((resolve) => setTimeout(resolve, 100));'],
  ['a sleep in a page', 'await page.waitForTimeout(100);'],
  ['test.only', "test.only('a', () => {});"],
  ['test.skip', "test.skip('a', () => {});"],
  ['describe.skip', "describe.skip('a', () => {});"],
])('%s is refused in a test', async (_what, code) => {
  expect(await complaints('packages/api/tests/a.test.ts', code)).toHaveLength(1);
});

test.each([
  ['packages/ui/src/a.tsx', '<form onSubmit={f} />', 1],
  ['apps/web/src/app/page.tsx', '<form method="get" />', 1],
  ['apps/web/src/features/a.tsx', '<form method={how}><input method="post" /></form>', 1],
  ['apps/web/src/features/a.tsx', '<form method="post" onSubmit={f} />', 0],
])('in %s, of %s %i is refused: a form is posted', async (file, form, count) => {
  expect(await complaints(file, `export const a = ${form};`)).toHaveLength(count);
});

test('a default export is refused, except where a framework asks for one', async () => {
  const code = 'export default function page() {}\n';
  expect(await complaints('apps/web/src/features/a.tsx', code)).toHaveLength(1);
  expect(await complaints('apps/web/src/app/page.tsx', code)).toEqual([]);
});
