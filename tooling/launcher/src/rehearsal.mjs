// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isProgram, run } from './programs.mjs';
import { Refusal, say } from './say.mjs';

/** @typedef {{ uid: number, gid: number }} Person */

const personName = 'confab-rehearsal';

/** Without these a machine behind a proxy or with certificates of its own reaches no registry. */
const kept = /^(.*_CA_.*|.*CA_?BUNDLE|.*CAINFO|.*CERT.*|.*_PROXY|npm_config_registry|LANG|TERM)$/i;
const registrySettings = ['registry', 'cafile', 'proxy', 'https-proxy'];

/**
 * The environment of somebody who has Node and npm and nothing else of ours.
 * @param {string} dir holds the home and the temporary folder
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function bareEnv(dir) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
  for (const setting of registrySettings) {
    const { code, output } = await run('npm', ['config', 'get', setting, '--loglevel=error'], { cwd: dir });
    const value = output.trim().split('\n').at(-1) ?? '';
    if (code === 0 && value && value !== 'null' && value !== 'undefined')
      env[`npm_config_${setting.replace('-', '_')}`] = value;
  }
  return { ...env, HOME: join(dir, 'home'), TMPDIR: join(dir, 'tmp'), PATH: pathWithoutPnpm() };
}

/** Folders that hold a pnpm are left out, unless Node or npm are only there. */
function pathWithoutPnpm() {
  const dirs = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((dir) => dir && !dir.includes('node_modules'));
  const without = dirs.filter((dir) => !isProgram(join(dir, 'pnpm')));
  const complete = ['node', 'npm'].every((name) => without.some((dir) => isProgram(join(dir, name))));
  if (!complete) say('pnpm lies beside Node on this machine: it stays on PATH.');
  return (complete ? without : dirs).join(delimiter);
}

/** @param {string[]} names */
export async function purge(names) {
  say(`Removing ${names.join(', ')} from this machine.`);
  const { code, output } = await run('apt-get', ['purge', '-y', ...names], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (code !== 0) throw new Refusal(output);
}

/** A user without any rights, for one rehearsal. @returns {Promise<Person>} */
export async function createPerson() {
  const { code, output } = await run('useradd', ['--no-create-home', '--shell', '/bin/sh', personName]);
  if (code !== 0) throw new Refusal(output);
  const ids = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, personName])).output)),
  );
  return { uid: ids[0] ?? NaN, gid: ids[1] ?? NaN };
}

export async function removePerson() {
  await run('userdel', [personName]);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, log: string, person?: Person }} options
 */
export async function runLogged(program, args, { cwd, env, log, person }) {
  const file = openSync(log, 'w');
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', file, file], ...person });
  const [code] = /** @type {[number | null]} */ (await once(child, 'exit'));
  closeSync(file);
  // npm adds lines of its own on stderr.
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  return { code: code ?? 1, lastLine: lines.findLast((line) => line && !line.startsWith('npm ')) ?? '' };
}
