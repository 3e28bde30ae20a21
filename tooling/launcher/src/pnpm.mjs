// @ts-check
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findOnPath, run } from './programs.mjs';
import { root, toolsDir } from './root.mjs';
import { Refusal } from './say.mjs';

/** @typedef {{ say: (line: string) => void, signal?: AbortSignal }} Options */

/** The version that the repository pins. */
export function pinnedPnpm() {
  const manifest = /** @type {{ packageManager: string }} */ (
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  );
  return manifest.packageManager.replace(/^pnpm@/, '');
}

/**
 * An environment in which `pnpm` is the pinned pnpm: one that is on PATH already, or our own copy, fetched by npm.
 * @param {Options} options
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function pnpmEnv({ say, signal }) {
  const version = pinnedPnpm();
  const target = join(toolsDir, `pnpm-${version}`);
  const path = [join(target, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  if (existsSync(target)) return { ...process.env, PATH: path };
  if (await isOnPath(version)) return { ...process.env };
  say(`Fetching pnpm ${version} with npm (once, into .data/tools).`);
  await fetchPnpm(version, { target, ...(signal ? { signal } : {}) });
  return { ...process.env, PATH: path };
}

/** @param {string} version */
async function isOnPath(version) {
  if (!findOnPath('pnpm')) return false;
  const { code, output } = await run('pnpm', ['--version'], { cwd: root });
  return code === 0 && output.trim() === version;
}

/**
 * @param {string} version
 * @param {{ target: string, signal?: AbortSignal }} options the target appears only when it is complete
 */
async function fetchPnpm(version, { target, ...options }) {
  const work = `${target}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const npm = npmProgram();
    const args = [
      'install',
      '--prefix',
      work,
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `pnpm@${version}`,
    ];
    await requireSuccess(npm.command, [...npm.args, ...args], { ...options, cwd: work });
    // The package holds a placeholder; its own script, skipped above like everybody's, puts the program there.
    await requireSuccess(process.execPath, ['install.js'], {
      ...options,
      cwd: join(work, 'node_modules', 'pnpm'),
    });
    renameSync(work, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Under `npm run` the npm that runs us; under pnpm, or without either, the one on PATH. */
function npmProgram() {
  const running = process.env['npm_execpath'];
  if (running?.endsWith('npm-cli.js')) return { command: process.execPath, args: [running] };
  return { command: 'npm', args: [] };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import('./programs.mjs').RunOptions} options
 */
async function requireSuccess(program, args, options) {
  const { code, output } = await run(program, args, options);
  if (code !== 0) throw new Refusal(`pnpm could not be fetched (${args.at(-1)}):\n${output.trimEnd()}`);
}
