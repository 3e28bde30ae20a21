// @ts-check
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folderMode = 0o700;
const fileMode = 0o600;
/** Whatever is beside the owner's. */
const othersMask = 0o077;

/** Of those who started it, whole: passwords' hashes, sessions, messages. */
const services = ['mongo', 'redis'];
/** What the product and its tools keep in a data folder. Beside anything else, the folder itself is not ours. */
const ours = /^(mongo|redis|sockets|tools|bin|attacks|chaos|soak|promises|run\.lock(\..*)?)$/;

/**
 * Makes a data folder that nobody else can look into. What an earlier version, or a wider umask, left open is
 * narrowed, and said. A folder that others keep things in as well keeps its mode: only what is ours in it is narrowed.
 * @param {string} dataDir
 * @param {{ say: (line: string) => void }} options
 */
export function openDataFolder(dataDir, { say }) {
  mkdirSync(dataDir, { recursive: true, mode: folderMode });
  const narrowed = [];
  if (readdirSync(dataDir).every((name) => ours.test(name))) narrowed.push(...narrow(dataDir));
  for (const service of services) narrowed.push(...narrowAll(join(dataDir, service)));
  const [first, ...more] = narrowed;
  if (first === undefined) return;
  const others = more.length > 0 ? ` and ${more.length} more in it` : '';
  say(`${first}${others} could be read by other users of this machine: now only by you.`);
}

/**
 * A folder with all that is in it. Files come last: the folder has closed the way to them by then.
 * @param {string} path
 * @returns {string[]} what was open
 */
function narrowAll(path) {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return [
    ...narrow(path),
    ...entries.flatMap((entry) => (entry.isDirectory() ? narrowAll : narrow)(join(path, entry.name))),
  ];
}

/** @param {string} path @returns {string[]} itself, if it was open */
function narrow(path) {
  const stats = lstatSync(path);
  const isFile = stats.isFile();
  if (!(isFile || stats.isDirectory()) || (stats.mode & othersMask) === 0) return [];
  chmodSync(path, isFile ? fileMode : folderMode);
  return [path];
}
