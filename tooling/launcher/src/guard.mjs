// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const guardScript = fileURLToPath(new URL('guard.sh', import.meta.url));

/** How much later than the grace a guard may have done its work. */
const guardSlackMs = 3000;

/**
 * @typedef {object} Program
 * @property {string} command
 * @property {string[]} args
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment, not an addition to it
 */

/**
 * How a program ended; `signal` when a signal ended it, both null when its guard was killed.
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Exit
 */

/**
 * @typedef {object} GuardedChild
 * @property {number} guardPid leads the process group of the program and its guard
 * @property {Promise<number>} pid of the program itself
 * @property {Promise<Exit>} exited never rejects
 * @property {() => Promise<Exit>} stop TERM, then KILL after the grace, also to a guard that is stopped itself; safe to
 * call twice
 * @property {() => void} kill KILL for the program and all it started, at once
 * @property {(listener: (line: string) => void) => void} onLine each line of stdout and stderr from now on
 */

/**
 * Starts a program behind a guard (guard.sh), so that it never outlives this process, however this process ends.
 * @param {Program} program
 * @param {{ graceMs: number }} options
 * @returns {GuardedChild}
 */
export function spawnGuarded(program, { graceMs }) {
  const guard = spawn(
    '/bin/sh',
    [guardScript, String(Math.ceil(graceMs / 100)), program.command, ...program.args],
    {
      cwd: program.cwd,
      env: program.env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    },
  );
  const guardPid = guard.pid;
  const [stdin, stdout, stderr, reports] =
    /** @type {[import('node:stream').Writable, ...import('node:stream').Readable[]]} */ (
      /** @type {unknown} */ (guard.stdio)
    );
  if (guardPid === undefined || !stdout || !stderr || !reports)
    throw new Error('/bin/sh could not be started');
  stdin.on('error', () => {}); // The guard may be gone before its stdin is closed.

  /** @type {Set<(line: string) => void>} */
  const listeners = new Set();
  for (const stream of [stdout, stderr]) {
    createInterface(stream).on('line', (line) => listeners.forEach((listener) => listener(line)));
  }

  /** @type {number | undefined} */
  let status;
  /** @type {Promise<number>} */
  const pid = new Promise((resolve, reject) => {
    const lines = createInterface(reports);
    lines.on('line', (line) => {
      const [kind, value] = line.split(' ');
      if (kind === 'pid') resolve(Number(value));
      if (kind === 'exit') status = Number(value);
    });
    lines.once('close', () => reject(new Error(`${program.command} was not started`)));
  });
  pid.catch(() => {}); // Only those who ask for the pid need to hear that there is none.
  const killGroup = () => {
    try {
      process.kill(-guardPid, 'SIGKILL');
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  };
  /** @type {Promise<Exit>} */
  const exited = new Promise((resolve) => {
    guard.once('error', () => resolve({ code: null, signal: null }));
    guard.once('exit', killGroup); // The guard itself may have been killed, with the program still there.
    guard.once('close', () => resolve(exitOf(status)));
  });
  return {
    guardPid,
    pid,
    exited,
    stop: () => {
      stdin.end();
      const overdue = setTimeout(killGroup, graceMs + guardSlackMs);
      void exited.then(() => clearTimeout(overdue));
      return exited;
    },
    kill: killGroup,
    onLine: (listener) => void listeners.add(listener),
  };
}

/**
 * A shell reports a death by signal as 128 + its number.
 * @param {number | undefined} status
 * @returns {Exit}
 */
function exitOf(status) {
  if (status === undefined) return { code: null, signal: null };
  if (status <= 128) return { code: status, signal: null };
  const name = Object.entries(constants.signals).find(([, number]) => number === status - 128)?.[0];
  return name ? { code: null, signal: /** @type {NodeJS.Signals} */ (name) } : { code: status, signal: null };
}

/** @param {Exit} exit */
export function describeExit({ code, signal }) {
  if (signal) return `was killed by ${signal}`;
  return code === null ? 'was killed' : `exited with code ${code}`;
}

/** @param {unknown} error */
function isGone(error) {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
