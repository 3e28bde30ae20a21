// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, unixUrl } from './address.mjs';
import { askRedis } from './ask-redis.mjs';
import { describeExit, spawnGuarded } from './guard.mjs';
import { poll } from './poll.mjs';
import { findRedis } from './redis-program.mjs';
import { Refusal } from './say.mjs';
import { openSocketFolder } from './socket-folder.mjs';

/** Redis writes its append-only file to disk on TERM before it ends. */
export const redisGraceMs = 5000;

/**
 * Where Redis listens: on a socket, or on a port of this machine, which every local user reaches: hence a password.
 * @typedef {{ socket: string } | { port: number, password?: string }} RedisPlace
 */

/** A place for Redis on a port, with a password that nobody has to think of. @param {number} port @returns {RedisPlace} */
export const guardedPort = (port) => ({ port, password: randomBytes(24).toString('base64url') });

/** @param {RedisPlace} place */
export const redisUrl = (place) =>
  'socket' in place
    ? unixUrl(place.socket)
    : `redis://${place.password ? `:${place.password}@` : ''}127.0.0.1:${place.port}`;

/**
 * How to start Redis on a folder. Local only, append-only file on, and no RDB snapshots beside it. The password stands in
 * a file of that folder: everybody may read the arguments of a process.
 * @param {{ redis: import('./index.mjs').RedisProgram, dataDir: string, place: RedisPlace }} options
 * @returns {import('./guard.mjs').Program}
 */
export function redisProgram({ redis, dataDir, place }) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // prettier-ignore
  const args = [...listenArgs(dataDir, place), '--dir', './', '--appendonly', 'yes', '--save', '', '--daemonize', 'no', '--loglevel', 'warning'];
  return { command: redis.command, args, cwd: dataDir, env: { ...process.env, ...redis.env } };
}

/** @param {string} dataDir @param {RedisPlace} place */
function listenArgs(dataDir, place) {
  if ('socket' in place) return ['--port', '0', '--unixsocket', place.socket, '--unixsocketperm', '600'];
  const where = ['--port', String(place.port), '--bind', '127.0.0.1'];
  if (place.password === undefined) return where;
  const config = join(dataDir, 'redis.conf');
  writeFileSync(config, `requirepass ${place.password}\n`, { mode: 0o600 });
  return [config, ...where];
}

/**
 * Resolves when Redis serves commands; while it loads its file it answers -LOADING.
 * @param {RedisPlace} place
 * @param {AbortSignal} signal
 */
export async function redisServes(place, signal) {
  const address = addressOf(redisUrl(place));
  const serves = async () => {
    const answer = await askRedis(address, 'PING', AbortSignal.any([signal, AbortSignal.timeout(1000)]));
    return !answer.startsWith('-LOADING');
  };
  await poll(() => serves().catch(() => false), { everyMs: 20, signal });
}

/** @type {typeof import('./index.mjs').startRedis} */
export async function startRedis({ dataDir, port, redis }) {
  const program = redis ?? (await findRedis());
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const sockets = port === undefined ? await openSocketFolder(dataDir) : undefined;
  const place = sockets ? { socket: sockets.path('redis') } : { port: port ?? NaN };
  const child = spawnGuarded(redisProgram({ redis: program, dataDir, place }), { graceMs: redisGraceMs });
  /** @type {string[]} */
  const lines = [];
  child.onLine((line) => lines.push(line));
  const ended = new AbortController();
  const failed = child.exited.then((exit) => {
    ended.abort();
    throw new Refusal(`Redis ${describeExit(exit)} before it answered:\n${lines.slice(-5).join('\n')}`);
  });
  failed.catch(() => {}); // After a good start the later exit is not an error.
  await Promise.race([redisServes(place, ended.signal), failed]);
  const pid = await child.pid;
  return {
    url: redisUrl(place),
    pid,
    kill: (signal) => {
      process.kill(pid, signal);
    },
    stop: async () => {
      await child.stop();
      sockets?.remove();
    },
  };
}
