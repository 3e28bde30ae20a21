// @ts-check

const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' };

const waiting = [
  {
    selector:
      "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout'][arguments.0.type='Identifier']",
    message: 'A test waits for a state, never for time.',
  },
  {
    selector: "CallExpression[callee.property.name='waitForTimeout']",
    message: 'A test waits for a state, never for time.',
  },
];

const everyTestRuns = {
  selector:
    'MemberExpression[object.name=/^(test|it|describe|suite)$/][property.name=/^(only|skip|todo|fixme|fails|skipIf|runIf)$/]',
  message: 'Every test runs, always.',
};

/** Before a page has its scripts, and wherever they fail, the browser sends a form by itself: what is typed goes in a body. */
const formsPost = {
  selector:
    "JSXOpeningElement[name.name='form']:not(:has(JSXAttribute[name.name='method'][value.value='post']))",
  message: 'A form is posted (method="post"): sent without scripts, its fields would stand in the address.',
};

/** Frameworks that look for a default export. */
const defaultExports = [
  '**/*.config.{ts,mjs,js}',
  'apps/web/src/app/**',
  '**/global-setup.ts',
  'tooling/launcher/src/vitest-counts.mjs',
];

const tests = ['**/*.test.{ts,tsx,mjs}', '**/tests/**', 'e2e/**', 'packages/testkit/**'];

/** @type {import('eslint').Linter.Config[]} */
export const syntax = [
  { files: defaultExports, rules: { 'no-restricted-syntax': ['error', formsPost] } },
  { ignores: defaultExports, rules: { 'no-restricted-syntax': ['error', namedExports, formsPost] } },
  {
    files: tests,
    ignores: defaultExports,
    rules: { 'no-restricted-syntax': ['error', namedExports, formsPost, ...waiting, everyTestRuns] },
  },
];
