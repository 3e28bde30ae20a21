import { setMaxListeners } from 'node:events';
import { ConfabError } from '@confab/contract';
import { expect, test } from 'vitest';
import { FairTurns } from './fair-turns.ts';

const never = new AbortController().signal;
setMaxListeners(0, never);
const bounds = { max: 1, waitingPerKeyMax: 50, waitingMax: 100 };
const tick = () => new Promise((resolve) => setImmediate(resolve));

/** Work that is finished when a test says so, and the order in which it began. */
function scene(options: Partial<typeof bounds> = {}) {
  const turns = new FairTurns({ ...bounds, ...options });
  const begun: string[] = [];
  const finish: (() => void)[] = [];
  const ask = (key: string, name: string, signal = never) =>
    turns.run(key, signal, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => finish.push(resolve));
    });
  const finishAll = async () => {
    for (; finish.length > 0; await tick()) finish.shift()?.();
  };
  return { begun, finish, ask, finishAll };
}

const twenty = Array.from({ length: 20 }, (_, i) => `ada ${String(i)}`);

test('no more is done at once than may be', async () => {
  const { begun, finish, ask, finishAll } = scene({ max: 3 });
  const all = twenty.map((name) => ask('ada', name));
  expect(begun).toHaveLength(3);
  finish.shift()?.();
  await tick();
  expect(begun).toHaveLength(4);
  await finishAll();
  await Promise.all(all);
  expect(begun).toEqual(twenty);
});

test('who asks for one does not wait for all of somebody who asks for many', async () => {
  const { begun, ask, finishAll } = scene();
  const all = [...twenty.map((name) => ask('ada', name)), ask('bob', 'bob'), ask('cleo', 'cleo')];
  await finishAll();
  await Promise.all(all);
  // One was begun before they came, and one stood first in line.
  expect(begun.slice(0, 4)).toEqual(['ada 0', 'ada 1', 'bob', 'cleo']);
});

test('(control) in one line, they do', async () => {
  const { begun, ask, finishAll } = scene();
  const all = [...twenty.map((name) => ask('everybody', name)), ask('everybody', 'bob')];
  await finishAll();
  await Promise.all(all);
  expect(begun.at(-1)).toBe('bob');
});

test('who waits for too much is refused at once, and so is everybody when all do', async () => {
  const { ask, finishAll } = scene({ waitingPerKeyMax: 2, waitingMax: 3 });
  const all = [ask('ada', ''), ask('ada', ''), ask('ada', '')];
  await expect(ask('ada', '')).rejects.toEqual(new ConfabError('RATE_LIMITED', { retryAfterMs: 1_000 }));
  all.push(ask('bob', ''));
  await expect(ask('cleo', '')).rejects.toEqual(new ConfabError('UNAVAILABLE', { retryAfterMs: 1_000 }));
  await finishAll();
  await Promise.all(all);
  const again = ask('cleo', '');
  await finishAll();
  await again;
});

test('work that nobody waits for any more is not begun, and leaves its place', async () => {
  const { begun, ask, finishAll } = scene({ waitingPerKeyMax: 1 });
  const leaving = new AbortController();
  const all = [ask('ada', 'first'), ask('ada', 'left', leaving.signal)];
  leaving.abort();
  all.push(ask('ada', 'second'), ask('bob', 'gone', AbortSignal.abort()));
  await finishAll();
  await Promise.all(all);
  expect(begun).toEqual(['first', 'second']);
});

test('work that fails makes room for the next', async () => {
  const turns = new FairTurns(bounds);
  const failing = turns.run('ada', never, () => Promise.reject(new Error('no page')));
  const next = turns.run('ada', never, () => Promise.resolve());
  await expect(failing).rejects.toThrow('no page');
  await next;
});
