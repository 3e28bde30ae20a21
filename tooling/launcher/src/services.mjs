// @ts-check
import { get } from 'node:http';
import { join } from 'node:path';
import { poll } from './poll.mjs';
import { redisAnswers, redisGraceMs, redisProgram } from './redis.mjs';
import { root } from './root.mjs';
import { Refusal } from './say.mjs';

/** @typedef {import('./attempt.mjs').Service} Service */

/** Long enough for a drain of 10 s (ws tells its clients to reconnect elsewhere) and for what follows it. */
const appGraceMs = 12_000;
const storeGraceMs = 10_000;

/** @typedef {'production' | 'development'} Mode */

/**
 * Where a program of ours runs and the file it runs, in each mode: from source with tsx, or its build.
 * @typedef {{ cwd: string, development: string[], production: string[] }} Entry
 */

/** @param {string} dir @param {string} source @returns {Entry} */
const entry = (dir, source) => ({
  cwd: join(root, dir),
  development: ['--import', 'tsx', source],
  production: [join('dist', 'main.mjs')],
});

/** @typedef {Record<'store' | 'ws' | 'web', Entry>} Programs */

/** @type {Programs} */
export const confabPrograms = {
  store: entry('packages/embedded-mongo', 'src/main.ts'),
  ws: entry('apps/ws', 'src/main.ts'),
  web: entry('apps/web', 'server/main.ts'),
};

/**
 * @param {Entry} entry
 * @param {{ mode: Mode, args?: string[], env: NodeJS.ProcessEnv }} options
 * @returns {import('./guard.mjs').Program}
 */
function nodeProgram(entry, { mode, args = [], env }) {
  return { command: process.execPath, args: [...entry[mode], ...args], cwd: entry.cwd, env };
}

/**
 * @param {{ redis: import('./index.mjs').RedisProgram, dataDir: string, port: number }} options
 * @returns {Service}
 */
export function redisService({ redis, dataDir, port }) {
  return {
    name: 'redis',
    program: () => redisProgram({ redis, dataDir: join(dataDir, 'redis'), port }),
    ready: ({ signal }) => redisAnswers(port, signal),
    graceMs: redisGraceMs,
    quiet: true,
  };
}

/**
 * The embedded store. It chooses its port at its first start and has it again after each restart, because the
 * applications know it by its address.
 * @param {Entry} entry
 * @param {{ mode: Mode, dataDir: string, failPoints?: boolean, env: NodeJS.ProcessEnv }} options
 */
export function storeService(entry, { mode, dataDir, failPoints = false, env }) {
  let uri = '';
  /** @type {Service} */
  const service = {
    name: 'store',
    program: () => {
      const port = uri === '' ? '0' : new URL(uri).port;
      const args = [
        '--data',
        join(dataDir, 'mongo'),
        '--port',
        port,
        ...(failPoints ? ['--fail-points'] : []),
      ];
      return nodeProgram(entry, { mode, args, env });
    },
    ready: ({ signal, onLine }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('not ready', { cause: signal.reason })), {
          once: true,
        });
        onLine((line) => {
          const report = storeReport(line);
          if (report?.code)
            reject(new Refusal(`The store refuses to start: ${report.message ?? ''} (${report.code})`));
          if (!report?.ready || !report.uri) return;
          uri = report.uri;
          resolve();
        });
      }),
    graceMs: storeGraceMs,
  };
  return { service, uri: () => uri };
}

/** @typedef {{ ready?: boolean, uri?: string, code?: string, message?: string }} StoreReport */

/**
 * The store reports its start, or why there is none, as one line of JSON.
 * @param {string} line
 * @returns {StoreReport | undefined}
 */
function storeReport(line) {
  try {
    return /** @type {StoreReport} */ (JSON.parse(line));
  } catch {
    return undefined; // Not a report: a line for people.
  }
}

/**
 * @param {Entry} entry
 * @param {{ name: string, mode: Mode, port: number, env: NodeJS.ProcessEnv }} options
 * @returns {Service}
 */
export function appService(entry, { name, mode, port, env }) {
  return {
    name,
    program: () => nodeProgram(entry, { mode, env }),
    ready: ({ signal }) => poll(() => isHealthy(port, signal), { everyMs: 50, signal }),
    graceMs: appGraceMs,
  };
}

/**
 * @param {number} port
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>}
 */
export function isHealthy(port, signal) {
  return new Promise((resolve) => {
    const request = get(
      { port, host: 'localhost', path: '/healthz', timeout: 5000, signal, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
  });
}
