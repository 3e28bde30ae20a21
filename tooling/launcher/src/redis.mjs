// @ts-check
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { describeExit, spawnGuarded } from './guard.mjs';
import { poll } from './poll.mjs';
import { freePort } from './ports.mjs';
import { findRedis } from './redis-program.mjs';
import { Refusal } from './say.mjs';

/** Redis writes its append-only file to disk on TERM before it ends. */
export const redisGraceMs = 5000;

/**
 * How to start Redis on a folder. Local only, append-only file on, and no RDB snapshots beside it.
 * @param {{ redis: import('./index.mjs').RedisProgram, dataDir: string, port: number }} options
 * @returns {import('./guard.mjs').Program}
 */
export function redisProgram({ redis, dataDir, port }) {
  mkdirSync(dataDir, { recursive: true });
  // prettier-ignore
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', './', '--appendonly', 'yes', '--save', '', '--daemonize', 'no', '--loglevel', 'warning'];
  return { command: redis.command, args, cwd: dataDir, env: { ...process.env, ...redis.env } };
}

/**
 * Resolves when Redis answers commands; while it loads its file it answers -LOADING.
 * @param {number} port
 * @param {AbortSignal} signal
 */
export async function redisAnswers(port, signal) {
  await poll(async () => (await ping(port)).startsWith('+PONG'), { everyMs: 20, signal });
}

/** @type {typeof import('./index.mjs').startRedis} */
export async function startRedis({ dataDir, port, redis }) {
  const program = redis ?? (await findRedis());
  const chosenPort = port ?? (await freePort());
  const child = spawnGuarded(redisProgram({ redis: program, dataDir, port: chosenPort }), {
    graceMs: redisGraceMs,
  });
  /** @type {string[]} */
  const lines = [];
  child.onLine((line) => lines.push(line));
  const ended = new AbortController();
  const failed = child.exited.then((exit) => {
    ended.abort();
    throw new Refusal(`Redis ${describeExit(exit)} before it answered:\n${lines.slice(-5).join('\n')}`);
  });
  failed.catch(() => {}); // After a good start the later exit is not an error.
  await Promise.race([redisAnswers(chosenPort, ended.signal), failed]);
  const pid = await child.pid;
  return {
    url: `redis://127.0.0.1:${chosenPort}`,
    port: chosenPort,
    pid,
    kill: (signal) => {
      process.kill(pid, signal);
    },
    stop: async () => {
      await child.stop();
    },
  };
}

/**
 * @param {number} port
 * @returns {Promise<string>} the first bytes of the answer, empty when there is none
 */
function ping(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 }, () => socket.write('PING\r\n'));
    const answer = (/** @type {string} */ text) => {
      socket.destroy();
      resolve(text);
    };
    socket.once('data', (bytes) => answer(bytes.toString('latin1')));
    socket.once('timeout', () => answer(''));
    socket.once('error', () => answer(''));
    socket.once('close', () => answer(''));
  });
}
