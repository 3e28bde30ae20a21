// @ts-check
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processMark } from './process-mark.mjs';
import { Refusal } from './say.mjs';

/** @typedef {{ pid: number, mark: string }} Process */

/**
 * @typedef {Process & { address: string, guards: Process[], sockets?: string }} Holder `sockets`: a folder to be removed
 */

/** Longer than any service's grace: what a killed supervisor left behind has ended by then. */
const leftoversMaxMs = 15_000;

/**
 * Who runs the product on this data, if somebody does.
 * @param {string} dataDir
 * @returns {Holder | undefined}
 */
export function lockHolder(dataDir) {
  const holder = readHolder(lockFile(dataDir));
  return holder && isAlive(holder) ? holder : undefined;
}

/** @param {Holder} holder */
export const alreadyRuns = ({ pid, address }) =>
  new Refusal(
    `Confab already runs in this folder: process ${pid}, ${address}. Stop it first (Ctrl-C there, or kill ${pid}).`,
  );

/**
 * One product per data folder: Redis would share its files with a second server without a word.
 * @param {string} dataDir
 * @param {{ address: string, say: (line: string) => void }} options
 */
export async function takeLock(dataDir, { address, say }) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = lockFile(dataDir);
  const own = `${file}.${process.pid}`;
  /** @type {Holder} */
  const self = { pid: process.pid, mark: processMark(process.pid) ?? '', address, guards: [] };
  const write = () => writeFileSync(own, JSON.stringify(self), { mode: 0o600 });
  write();
  try {
    const previous = readHolder(file);
    if (previous && isAlive(previous)) throw alreadyRuns(previous);
    if (existsSync(file)) removeStale(file, previous);
    if (!tryLink(own, file)) throw alreadyRuns(readHolder(file) ?? self);
    if (previous) await waitForLeftovers(previous.guards, say);
    if (previous?.sockets) removeSockets(previous.sockets);
  } finally {
    rmSync(own, { force: true });
  }
  let released = false;
  const record = () => {
    if (released) return;
    write();
    renameSync(own, file);
  };
  return {
    /**
     * Writes down what runs, so that the start after a kill -9 can wait for it to end.
     * @param {number[]} pids
     */
    recordGuards(pids) {
      self.guards = pids.map((pid) => ({ pid, mark: processMark(pid) ?? '' }));
      record();
    },
    /**
     * Writes down where the sockets are, so that the start after a kill -9 can remove them.
     * @param {string} dir
     */
    recordSockets(dir) {
      self.sockets = dir;
      record();
    },
    release() {
      released = true;
      unlinkSync(file);
    },
  };
}

/** @param {string} dataDir */
const lockFile = (dataDir) => join(dataDir, 'run.lock');

/** @param {string} file @returns {Holder | undefined} */
function readHolder(file) {
  try {
    return /** @type {Holder} */ (JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // Absent, or cut off by a power failure: nobody holds it.
  }
}

/** @param {Process} process A pid alone may meanwhile belong to another program. */
const isAlive = ({ pid, mark }) => processMark(pid) === mark;

/**
 * Those of a killed run. A folder that is not of our making is left alone: the lock may be older than this program.
 * @param {string} dir
 */
function removeSockets(dir) {
  const stats = lstatSync(dir, { throwIfNoEntry: false });
  const isOurs = stats?.isDirectory() && stats.uid === process.getuid?.();
  if (isOurs && /^(sockets|confab-\w{6})$/.test(basename(dir))) rmSync(dir, { recursive: true, force: true });
}

/**
 * Two starts may find the same stale lock. Each moves it away and looks at what it got: a lock that the other
 * has taken in between is put back.
 * @param {string} file
 * @param {Holder | undefined} stale
 */
function removeStale(file, stale) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // The other start moved it first; linking decides between the two.
  }
  const got = readHolder(aside);
  if (got && got.pid !== stale?.pid) tryLink(aside, file);
  unlinkSync(aside);
}

/** @param {string} from @param {string} to */
function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * After a kill -9 of the supervisor its guards are still stopping the services, which hold the data and the ports.
 * @param {Process[]} guards
 * @param {(line: string) => void} say
 */
async function waitForLeftovers(guards, say) {
  const deadline = Date.now() + leftoversMaxMs;
  if (guards.some(isAlive)) say('Waiting for the previous run to finish stopping.');
  while (guards.some(isAlive)) {
    if (Date.now() > deadline)
      throw new Refusal(
        `Processes of the previous run do not end: ${guards
          .filter(isAlive)
          .map(({ pid }) => pid)
          .join(', ')}.`,
      );
    await delay(50);
  }
}
