// @ts-check
import { get } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../src/ports.mjs';
import { appProbe } from '../src/probes.mjs';
import { createSupervisor } from '../src/supervisor.mjs';
import { toy } from './fixtures/toy.mjs';
import { lineLog, pidIn, runs, untilGone } from './fixtures/watch.mjs';

/** @type {(() => Promise<unknown> | void)[]} */
const cleanup = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo();
});

/** @param {Partial<import('../src/supervisor.mjs').Timing>} [timing] */
function supervise(timing) {
  const said = lineLog();
  const logged = lineLog();
  const supervisor = createSupervisor({ say: said.add, onLog: (_name, line) => logged.add(line), timing });
  cleanup.push(() => supervisor.stop());
  return { supervisor, said, logged };
}

/** @param {ReturnType<typeof createSupervisor>} supervisor */
const firstPid = (supervisor) => supervisor.services[0]?.pid ?? 0;

test('a service that dies is started again, and both are said', async () => {
  const { supervisor, said } = supervise();
  await supervisor.start(toy({ name: 'ws' }));
  const pid = firstPid(supervisor);
  process.kill(pid, 'SIGKILL');
  await said.until(/ws is running again/);
  expect(said.lines).toEqual([
    'ws was killed by SIGKILL. Starting it again in 250 ms.',
    'ws is running again.',
  ]);
  expect(runs(firstPid(supervisor))).toBe(true);
  expect(firstPid(supervisor)).not.toBe(pid);
});

test('the backoff doubles up to its bound while a service keeps dying', async () => {
  const { supervisor, said } = supervise({ backoffMinMs: 10, backoffMaxMs: 40 });
  await supervisor.start(toy({ name: 'ws' }));
  for (let death = 1; death <= 4; death += 1) {
    process.kill(firstPid(supervisor), 'SIGKILL');
    await said.until(/running again/, death);
  }
  expect(said.lines.flatMap((line) => /in (\d+) ms/.exec(line)?.[1] ?? [])).toEqual(['10', '20', '40', '40']);
});

test('a service that ran steadily has its first backoff again', async () => {
  const { supervisor, said } = supervise({ backoffMinMs: 10, steadyMs: 0 });
  await supervisor.start(toy({ name: 'ws' }));
  for (const death of [1, 2]) {
    process.kill(firstPid(supervisor), 'SIGKILL');
    await said.until(/running again/, death);
  }
  expect(said.lines.flatMap((line) => /in (\d+) ms/.exec(line)?.[1] ?? [])).toEqual(['10', '10']);
});

test('a service whose guard is killed is not left behind, and is started again', async () => {
  const { supervisor, said } = supervise({ backoffMinMs: 10 });
  await supervisor.start(toy({ name: 'ws' }));
  const pid = firstPid(supervisor);
  process.kill(supervisor.services[0]?.guardPid ?? 0, 'SIGKILL');
  await said.until(/running again/);
  expect(runs(pid)).toBe(false);
});

test('a service that ends before it ever answered fails the start with its last words', async () => {
  const supervisor = createSupervisor({ say: () => {} });
  const program = () => ({ command: 'sh', args: ['-c', 'echo PUBLIC_ORIGIN is missing >&2; exit 3'] });
  await expect(supervisor.start({ ...toy({ name: 'ws' }), ready: never, program })).rejects.toThrow(
    'ws exited with code 3 before it answered.\n  PUBLIC_ORIGIN is missing',
  );
});

test('a service that never answers is ended when its time to start is over', async () => {
  const { supervisor, logged } = supervise({ startMaxMs: 700 });
  await expect(supervisor.start({ ...toy({ name: 'web' }), ready: never })).rejects.toThrow(
    'web did not answer within 0.7 s',
  );
  await untilGone(logged.lines.map(pidIn), 1000);
});

test('services stop in the reverse order of starting, each ended before the next is asked', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'launcher-'));
  cleanup.push(() => rmSync(dir, { recursive: true }));
  const notes = join(dir, 'notes');
  const { supervisor } = supervise();
  for (const name of ['store', 'ws', 'web']) await supervisor.start(toy({ name, env: { NOTES: notes } }));
  await supervisor.stop();
  // prettier-ignore
  expect(readFileSync(notes, 'utf8').trim().split('\n')).toEqual([
    'web was asked to stop', 'web ended', 'ws was asked to stop', 'ws ended', 'store was asked to stop', 'store ended',
  ]);
});

test('a service that ignores TERM is killed after its grace', async () => {
  const { supervisor } = supervise();
  await supervisor.start(toy({ name: 'ws', args: ['--stubborn'], graceMs: 300 }));
  const pid = firstPid(supervisor);
  const from = Date.now();
  await supervisor.stop();
  expect(Date.now() - from).toBeGreaterThanOrEqual(300);
  await untilGone([pid], 500);
});

test('a stop during the wait for a restart starts nothing more', async () => {
  const { supervisor, said } = supervise({ backoffMinMs: 50 });
  await supervisor.start(toy({ name: 'ws' }));
  process.kill(firstPid(supervisor), 'SIGKILL');
  await said.until(/Starting it again/);
  await supervisor.stop();
  expect(supervisor.services.map(({ pid }) => pid)).toEqual([undefined]);
});

describe('a service that no longer answers', () => {
  const timing = { probeEveryMs: 100, silenceMaxMs: 1500, backoffMinMs: 10 };

  /** @param {Partial<Parameters<typeof toy>[0]> & { watched?: boolean }} [options] */
  async function startWatched({ watched = true, ...options } = {}) {
    const { supervisor, said } = supervise(timing);
    const address = { host: '127.0.0.1', port: await freePort() };
    const args = ['--port', String(address.port), ...(options.args ?? [])];
    const probe = watched ? { probe: appProbe(address) } : {};
    await supervisor.start(toy({ name: 'ws', graceMs: 200, ...probe, ...options, args }));
    return { supervisor, said, address, pid: firstPid(supervisor) };
  }

  test('because it stands still is ended, also against its will, and started again; one line says so', async () => {
    const { supervisor, said, pid } = await startWatched();
    process.kill(pid, 'SIGSTOP');
    await said.until(/running again/);
    expect(runs(pid)).toBe(false);
    expect(runs(firstPid(supervisor))).toBe(true);
    expect(said.lines).toEqual([
      'ws has not answered for 1.6 s. Stopping it and starting it again.',
      'ws is running again.',
    ]);
  });

  test('because its event loop does not turn is started again', async () => {
    const { supervisor, said, address, pid } = await startWatched();
    // Its answer comes, and then nothing more.
    get({ ...address, path: '/block', agent: false }).on('error', () => {});
    await said.until(/running again/);
    expect(firstPid(supervisor)).not.toBe(pid);
  });

  test('is not there until it is started again', async () => {
    const { supervisor, said, pid } = await startWatched({ graceMs: 1000 });
    process.kill(pid, 'SIGSTOP');
    await said.until(/has not answered/);
    expect(supervisor.services.map(({ answers }) => answers)).toEqual([false]);
    await said.until(/running again/);
    expect(supervisor.services.map(({ answers }) => answers)).toEqual([true]);
  });

  test('although its guard stands still too, is ended', async () => {
    const { supervisor, said, pid } = await startWatched();
    for (const stopped of [supervisor.services[0]?.guardPid ?? 0, pid]) process.kill(stopped, 'SIGSTOP');
    await said.until(/running again/);
    expect(runs(pid)).toBe(false);
  });

  test('control: without a probe it stays as it is', async () => {
    const { said, pid } = await startWatched({ watched: false });
    const other = await startWatched();
    for (const stopped of [pid, other.pid]) process.kill(stopped, 'SIGSTOP');
    await other.said.until(/running again/);
    expect(runs(pid)).toBe(true);
    expect(said.lines).toEqual([]);
  });

  test('is left alone once everything stops', async () => {
    const { supervisor, said, pid } = await startWatched({ graceMs: 500 });
    process.kill(pid, 'SIGSTOP');
    await supervisor.stop();
    expect(said.lines).toEqual([]);
    expect(runs(pid)).toBe(false);
  });
});

/** @type {import('../src/attempt.mjs').Service['ready']} */
const never = ({ signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('not ready')), { once: true });
  });
