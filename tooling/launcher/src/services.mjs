// @ts-check
import { join } from 'node:path';
import { poll } from './poll.mjs';
import { appProbe, askApp, redisProbe, storeProbe } from './probes.mjs';
import { redisGraceMs, redisProgram, redisServes, redisUrl } from './redis.mjs';
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
 * @param {{ redis: import('./index.mjs').RedisProgram, dataDir: string, place: import('./redis.mjs').RedisPlace }} options
 * @returns {Service}
 */
export function redisService({ redis, dataDir, place }) {
  return {
    name: 'redis',
    program: () => redisProgram({ redis, dataDir: join(dataDir, 'redis'), place }),
    ready: ({ signal }) => redisServes(place, signal),
    probe: redisProbe(redisUrl(place)),
    graceMs: redisGraceMs,
    quiet: true,
  };
}

/** @typedef {{ socket: string } | { port: number }} Place where a service listens: on a socket, or on a port of 127.0.0.1 */

/**
 * A Node program that stops at somebody's breakpoints is not silent, it is looked at.
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./attempt.mjs').Probe} probe
 */
const unlessDebugged = ({ NODE_OPTIONS = '' }, probe) =>
  /(^|\s)--inspect(-brk|-wait)?(=|\s|$)/.test(NODE_OPTIONS) ? {} : { probe };

/**
 * The embedded store.
 * @param {Entry} entry
 * @param {{ mode: Mode, dataDir: string, place: Place, failPoints?: boolean, env: NodeJS.ProcessEnv }} options
 */
export function storeService(entry, { mode, dataDir, place, failPoints = false, env }) {
  const where = 'socket' in place ? ['--socket', place.socket] : ['--port', String(place.port)];
  const address = 'socket' in place ? { path: place.socket } : { host: '127.0.0.1', port: place.port };
  const args = ['--data', join(dataDir, 'mongo'), ...where, ...(failPoints ? ['--fail-points'] : [])];
  let uri = '';
  /** @type {Service} */
  const service = {
    name: 'store',
    program: () => nodeProgram(entry, { mode, args, env }),
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
    ...unlessDebugged(env, storeProbe(address)),
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
 * web or ws. It is there as soon as it answers, whatever it lacks: without room on the disk people can still read.
 * @param {Entry} entry
 * @param {{ name: string, mode: Mode, address: import('./address.mjs').Address, env: NodeJS.ProcessEnv }} options
 * @returns {Service}
 */
export function appService(entry, { name, mode, address, env }) {
  const answers = (/** @type {AbortSignal} */ signal) =>
    askApp(address, AbortSignal.any([signal, AbortSignal.timeout(5000)])).then(
      () => true,
      () => false,
    );
  return {
    name,
    program: () => nodeProgram(entry, { mode, env }),
    ready: ({ signal }) => poll(() => answers(signal), { everyMs: 50, signal }),
    ...unlessDebugged(env, appProbe(address)),
    graceMs: appGraceMs,
  };
}
