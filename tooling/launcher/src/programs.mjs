// @ts-check
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The full path of a program on PATH, or undefined.
 * @param {string} name
 */
export function findOnPath(name) {
  for (const dir of (process.env['PATH'] ?? '').split(delimiter)) {
    if (dir && isProgram(join(dir, name))) return join(dir, name);
  }
  return undefined;
}

/** @param {string} path */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // Absent and not executable are the same answer here.
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment; the launcher's own when absent
 * @property {AbortSignal} [signal] aborting ends the program with TERM
 * @property {boolean} [shown] let it write to the terminal; otherwise its output is returned
 */

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} stdout and stderr together; code 127 when it could not be started
 */
export function run(program, args, { cwd, env, signal, shown = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      signal,
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output += String(text)));
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
