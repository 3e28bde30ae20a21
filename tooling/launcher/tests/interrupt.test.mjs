// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { lineLog, runs, untilGone } from './fixtures/watch.mjs';

const script = fileURLToPath(new URL('fixtures/supervise.mjs', import.meta.url));

/** @type {number[]} */
const started = [];
afterEach(() =>
  started
    .splice(0)
    .filter(runs)
    .forEach((pid) => process.kill(pid, 'SIGKILL')),
);

/**
 * @param {string[]} args
 * @param {{ under?: string[] }} [options] a command to run it under, as npm would
 */
async function superviseApart(args, { under = [] } = {}) {
  const [command, ...rest] = /** @type {[string, ...string[]]} */ ([
    ...under,
    process.execPath,
    script,
    ...args,
  ]);
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'dev' },
  });
  const exited = once(child, 'exit');
  const log = lineLog();
  createInterface(child.stdout).on('line', log.add);
  await log.until(/^pids /);
  const pids = (log.lines.find((line) => line.startsWith('pids ')) ?? '').split(' ').slice(1).map(Number);
  started.push(...pids, child.pid ?? 0);
  return { child, pids, log, exited };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s stops everything and ends with 0', async (signal) => {
  const { child, pids, exited } = await superviseApart(['5000', 'store + ws']);
  child.kill(/** @type {NodeJS.Signals} */ (signal));
  expect(await exited).toEqual([0, null]);
  expect(pids.filter(runs)).toEqual([]);
});

test('kill -9 of the supervisor leaves no service after 2 s', async () => {
  const { child, pids } = await superviseApart(['5000', 'store + ws']);
  expect(pids.filter(runs)).toHaveLength(2);
  child.kill('SIGKILL');
  expect(await untilGone(pids, 2000)).toBeLessThan(2000);
});

test('kill -9 of the supervisor ends even a service that ignores TERM, after its grace', async () => {
  const { child, pids } = await superviseApart(['500', 'ws --stubborn']);
  child.kill('SIGKILL');
  await untilGone(pids, 2000);
});

test('kill -9 of the npm above the supervisor stops everything', async () => {
  const { child, pids } = await superviseApart(['5000', 'store + ws'], {
    under: ['sh', '-c', '"$@"; exit', 'npm'],
  });
  child.kill('SIGKILL');
  await untilGone(pids, 3000);
});

test('the Ctrl-C that npm passes on a second time changes nothing', async () => {
  const { child, pids, log, exited } = await superviseApart(['700', 'ws --stubborn']);
  child.kill('SIGINT');
  await log.until(/stopping/);
  child.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
  await untilGone(pids, 500);
});

test('a Ctrl-C later than that ends everything at once', async () => {
  const { child, pids, exited, log } = await superviseApart(['30000', 'ws --stubborn']);
  child.kill('SIGINT');
  await log.until(/stopping/);
  const again = setInterval(() => child.kill('SIGINT'), 200);
  expect(await exited).toEqual([1, null]);
  clearInterval(again);
  await untilGone(pids, 500);
});
