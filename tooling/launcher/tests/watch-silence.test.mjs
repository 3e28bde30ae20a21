// @ts-check
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchSilence } from '../src/watch-silence.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const everyMs = 5000;
const silenceMaxMs = 30_000;

/** A service that answers, or keeps what it is asked until it goes on; and a clock that a test can put forward. */
function watched() {
  let silent = false;
  /** @type {string | undefined} */
  let says;
  /** @type {(() => void)[]} */
  const waiting = [];
  let slept = 0;
  let asked = 0;
  const onSilent = vi.fn();
  const onTrouble = vi.fn();
  const end = watchSilence({
    probe: () => {
      asked += 1;
      return silent ? new Promise((resolve) => waiting.push(() => resolve(says))) : Promise.resolve(says);
    },
    everyMs,
    silenceMaxMs,
    onSilent,
    onTrouble,
    now: () => performance.now() + slept,
  });
  return {
    end,
    onSilent,
    onTrouble,
    asked: () => asked,
    freeze: () => void (silent = true),
    thaw() {
      silent = false;
      for (const answer of waiting.splice(0)) answer();
    },
    say: (/** @type {string | undefined} */ words) => void (says = words),
    machineSleeps: (/** @type {number} */ ms) => void (slept += ms),
    pass: (/** @type {number} */ ms) => vi.advanceTimersByTimeAsync(ms),
  };
}

test('a service that answers is asked on and on, and left alone', async () => {
  const service = watched();
  await service.pass(600_000);
  expect(service.asked()).toBe(121);
  expect(service.onSilent).not.toHaveBeenCalled();
});

test('one that stands still for ever is reported once, between 35 and 40 s after it stopped', async () => {
  const service = watched();
  await service.pass(12_000);
  service.freeze();
  await service.pass(35_000);
  expect(service.onSilent).not.toHaveBeenCalled();
  await service.pass(5_000);
  await service.pass(600_000);
  expect(service.onSilent.mock.calls).toEqual([[35_000]]);
});

test.each(Array.from({ length: 11 }, (_, i) => i * 500))(
  'one that stands still for 30 s and goes on is left alone, whenever that begins (%d ms after a question)',
  async (offset) => {
    const service = watched();
    await service.pass(20_000 + offset);
    service.freeze();
    await service.pass(30_000);
    service.thaw();
    await service.pass(60_000);
    expect(service.onSilent).not.toHaveBeenCalled();
  },
);

test('an answer counts however late it comes: a slow machine is not a dead service', async () => {
  const service = watched();
  service.freeze();
  for (let round = 0; round < 20; round += 1) {
    await service.pass(29_000);
    service.thaw();
    service.freeze();
  }
  expect(service.onSilent).not.toHaveBeenCalled();
});

test('time in which the machine stood still does not count', async () => {
  const service = watched();
  service.freeze();
  for (let round = 0; round < 20; round += 1) {
    service.machineSleeps(60_000);
    await service.pass(everyMs);
  }
  expect(service.onSilent).not.toHaveBeenCalled();
});

test('control: the same silence on a machine that runs is reported', async () => {
  const service = watched();
  service.freeze();
  for (let round = 0; round < 20; round += 1) await service.pass(everyMs);
  expect(service.onSilent).toHaveBeenCalledOnce();
});

test('one that cannot be asked at all is as silent as one that does not answer', async () => {
  const onSilent = vi.fn();
  const probe = () => Promise.reject(new Error('nobody listens'));
  watchSilence({ probe, everyMs, silenceMaxMs, onSilent, onTrouble: () => {} });
  await vi.advanceTimersByTimeAsync(35_000);
  expect(onSilent).toHaveBeenCalledOnce();
});

test('what it says is wrong is passed on when it lasts, once, and so is its end', async () => {
  const service = watched();
  await service.pass(everyMs);
  service.say('the database does not answer');
  await service.pass(everyMs);
  service.say(undefined);
  await service.pass(2 * everyMs);
  expect(service.onTrouble).not.toHaveBeenCalled();
  service.say('the database does not answer');
  await service.pass(10 * everyMs);
  service.say(undefined);
  await service.pass(10 * everyMs);
  expect(service.onTrouble.mock.calls).toEqual([['the database does not answer'], [undefined]]);
  expect(service.onSilent).not.toHaveBeenCalled();
});

test('nothing is asked after its end', async () => {
  const service = watched();
  service.end();
  const before = service.asked();
  await service.pass(600_000);
  expect(service.asked()).toBe(before);
});
