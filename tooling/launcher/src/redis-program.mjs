// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, aptUnpack, hasApt, isRoot } from './apt.mjs';
import { findOnPath, isProgram, run } from './programs.mjs';
import { binDir } from './root.mjs';
import { Refusal } from './say.mjs';

const unpacked = join(binDir, 'redis');

/** @type {typeof import('./index.mjs').findRedis} */
export async function findRedis({ say = () => {} } = {}) {
  const present = presentRedis();
  if (present) return present;
  if (hasApt() && isRoot()) {
    say('redis-server is missing: installing the system package (apt-get install redis-server).');
    await aptInstall('redis-server');
  } else if (hasApt()) {
    say('redis-server is missing: unpacking the system package into .data/bin (no root needed, 7 MB).');
    await aptUnpack('redis-server', unpacked);
  } else if (findOnPath('brew')) {
    say('redis-server is missing: installing it with Homebrew (brew install redis).');
    await run('brew', ['install', 'redis'], { shown: true });
  }
  const installed = presentRedis();
  if (installed) return installed;
  throw new Refusal(
    'redis-server is missing: install Redis 7 with your package manager, or set REDIS_URL to one that runs.',
  );
}

/** @returns {import('./index.mjs').RedisProgram | undefined} */
function presentRedis() {
  const onPath = findOnPath('redis-server');
  if (onPath) return { command: onPath, env: {} };
  const command = join(unpacked, 'usr', 'bin', 'redis-server');
  return isProgram(command) ? { command, env: { LD_LIBRARY_PATH: libraryDirs().join(':') } } : undefined;
}

/** Debian keeps libraries in one folder per machine type, such as usr/lib/x86_64-linux-gnu. */
function libraryDirs() {
  const roots = [join(unpacked, 'usr', 'lib'), join(unpacked, 'lib')].filter((dir) => existsSync(dir));
  return roots.flatMap((dir) => [dir, ...readdirSync(dir).map((entry) => join(dir, entry))]);
}
