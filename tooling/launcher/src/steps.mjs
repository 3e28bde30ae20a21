// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { playwrightCounts } from './playwright-counts.mjs';
import { run } from './programs.mjs';
import { root } from './root.mjs';
import { say } from './say.mjs';

/**
 * @typedef {object} Context
 * @property {NodeJS.ProcessEnv} env with the pinned pnpm on PATH
 * @property {AbortSignal} signal
 */

/** @param {string} name */
const tool = (name) => join(root, 'node_modules', '.bin', name);

/** Those that take long come first. @type {[string, string, string[]][]} */
const checks = [
  // In parts: with the types of the whole tree at once, eslint outgrows Node's default heap.
  ['lint: apps', 'eslint', ['apps']],
  ['lint: packages', 'eslint', ['packages', '--ignore-pattern', 'packages/testkit']],
  ['lint: the rest', 'eslint', ['packages/testkit', 'bench', 'docs', 'e2e', 'tooling', '*.mjs']],
  [
    'typecheck',
    'turbo',
    ['run', 'typecheck', '--output-logs=errors-only', '--log-order=grouped', '--continue'],
  ],
  ['format:check', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['knip', 'knip', []],
  ['boundaries', 'turbo', ['boundaries']],
];

/** Each of them has about one core's worth to do. */
const checksAtOnce = Math.min(2, availableParallelism());

/**
 * Each check counts one; they run side by side.
 * @param {import('./tally.mjs').Tally} tally
 * @param {Context} context
 * @param {string} [only] the beginning of the names of those to run; all by default
 */
export async function runChecks(tally, context, only = '') {
  const waiting = checks.filter(([name]) => name.startsWith(only));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, program, args] = next;
      tally.add(name, await countOne(name, [program, ...args], context));
    }
  };
  await Promise.all(Array.from({ length: checksAtOnce }, lane));
}

/** Both apps and the store for production; counts one. @param {Context} context */
export const runBuild = (context) =>
  countOne('build', ['turbo', 'run', 'build', '--output-logs=errors-only', '--log-order=grouped'], context);

/** @param {Context & { args?: string[] }} context */
export async function runVitest({ env, signal, args = [] }) {
  say('> tests');
  return countFrom(async (file) => {
    const reporters = [
      '--reporter=default',
      `--reporter=${join(root, 'tooling/launcher/src/vitest-counts.mjs')}`,
    ];
    const { code } = await run(tool('vitest'), ['run', ...reporters, ...args], {
      cwd: root,
      env: { ...env, TEST_COUNTS_FILE: file },
      signal,
      shown: true,
    });
    return { code, read: (counts) => /** @type {import('./tally.mjs').Counts} */ (counts) };
  });
}

/** @param {Context & { chromium: string, args?: string[] }} context */
export async function runPlaywright({ env, signal, chromium, args = [] }) {
  say('> e2e');
  return countFrom(async (file) => {
    const dir = join(root, 'e2e');
    const { code } = await run(
      join(dir, 'node_modules', '.bin', 'playwright'),
      ['test', '--reporter=list,json', ...args],
      {
        cwd: dir,
        env: { ...env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
        signal,
        shown: true,
      },
    );
    return { code, read: playwrightCounts };
  });
}

/** What e2e/chaos does by default is its short form. @param {Context & { args?: string[] }} context */
export const runChaos = (context) => countMain('chaos', context);

/** What e2e/attacks does by default is its short form. @param {Context & { args?: string[] }} context */
export const runAttacks = (context) => countMain('attacks', context);

/**
 * A suite of e2e that is a program of its own, and writes down what it counted.
 * @param {string} name @param {Context & { args?: string[] }} context
 */
async function countMain(name, { env, signal, args = [] }) {
  say(`> ${name}`);
  return countFrom(async (file) => {
    const main = join(root, 'e2e', name, 'main.ts');
    const { code } = await run(process.execPath, ['--import', 'tsx', main, '--counts-file', file, ...args], {
      cwd: root,
      env,
      signal,
      shown: true,
    });
    return { code, read: (counts) => /** @type {import('./tally.mjs').Counts} */ (counts) };
  });
}

/**
 * What the program says is shown when it is over: others may run beside it.
 * @param {string} name
 * @param {[string, ...string[]]} command
 * @param {Context} context
 * @returns {Promise<import('./tally.mjs').Counts>}
 */
async function countOne(name, [program, ...args], { env, signal }) {
  say(`> ${name}`);
  const from = performance.now();
  const { code, output } = await run(tool(program), args, { cwd: root, env, signal });
  process.stdout.write(output);
  const seconds = (performance.now() - from) / 1000;
  return code === 0 ? { passed: 1, failed: 0, seconds } : { passed: 0, failed: 1, seconds };
}

/**
 * A runner that fails without counting a failure (it could not even start) has failed once.
 * @param {(file: string) => Promise<{ code: number, read: (report: unknown) => import('./tally.mjs').Counts }>} runTests
 */
async function countFrom(runTests) {
  const dir = mkdtempSync(join(tmpdir(), 'confab-counts-'));
  try {
    const file = join(dir, 'counts.json');
    const { code, read } = await runTests(file);
    const counts = read(JSON.parse(readIfThere(file) ?? noReport));
    const unsaid = (code !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
    return unsaid ? { ...counts, failed: counts.failed + 1 } : counts;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What both readers take as nothing run. */
const noReport =
  '{"passed":0,"failed":0,"stats":{"expected":0,"unexpected":0,"flaky":0,"skipped":0},"errors":[]}';

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // The runner ended before it could report.
  }
}
