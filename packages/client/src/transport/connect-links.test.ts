import { createTRPCClient } from '@trpc/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectLinks } from './connect-links.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Every attempt fails at once, or is opened and closed without a word, as the 21st socket of a user is. */
function refusingServer({ opens = false, reason = '' } = {}) {
  const attempts: number[] = [];
  class RefusedSocket extends EventTarget {
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readyState = opens ? 1 : 3;
    constructor() {
      super();
      attempts.push(Date.now());
      setTimeout(() => {
        this.dispatchEvent(new Event(opens ? 'open' : 'error'));
        if (opens) setTimeout(() => this.#closed(), 0);
      }, 0);
    }
    close(): void {
      // It never was open, or is closed already.
    }
    #closed(): void {
      this.readyState = 3;
      this.dispatchEvent(Object.assign(new Event('close'), { code: 4429, reason }));
    }
  }
  const start = Date.now();
  const { links, wake, close } = connectLinks({
    socket: { url: 'ws://localhost/ws', WebSocket: RefusedSocket as unknown as typeof WebSocket },
    random: () => 0.5,
  });
  createTRPCClient({ links });
  return { times: () => attempts.map((at) => at - start), wake, close };
}

it.each([
  ['cannot be opened', { opens: false }],
  ['is opened, and closed before a word was said', { opens: true }],
])('a socket that %s is tried at once, and again after pauses that grow to 5 s', async (_, server) => {
  const { times, close } = refusingServer(server);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(times()[0]).toBe(0);
  const pauses = times().map((at, i) => at - (times()[i - 1] ?? 0));
  // To the 10 ms: timers of their own stand in between.
  const rounded = pauses.map((pause) => Math.round(pause / 10) * 10);
  expect(rounded.slice(1, 8)).toEqual([190, 380, 750, 1_500, 3_000, 3_750, 3_750]);
  close();
});

it('a pause ends early when the server is believed to be back', async () => {
  const { times, wake, close } = refusingServer();
  await vi.advanceTimersByTimeAsync(10_000);
  const before = times().length;
  wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(times()).toHaveLength(before + 1);
  expect(times().at(-1)).toBe(10_000);
  close();
});

it('where the server said when to come back, that is the pause, whatever else promises, and others follow a little later', async () => {
  const { times, wake, close } = refusingServer({ opens: true, reason: '{"retryAfterMs":8000}' });
  await vi.advanceTimersByTimeAsync(1_000);
  wake();
  await vi.advanceTimersByTimeAsync(7_999);
  expect(times()).toEqual([0]);
  await vi.advanceTimersByTimeAsync(20_000);
  const rounded = times().map((at) => Math.round(at / 100) * 100);
  expect(rounded.slice(0, 3)).toEqual([0, 9_000, 18_000]);
  close();
});

it.each(['{"retryAfterMs":', '{"retryAfterMs":"8000"}', '{"retryAfterMs":1e999}', 'null', '{}', 'soon'])(
  'a reason that says no time, as %s, changes nothing',
  async (reason) => {
    const { times, close } = refusingServer({ opens: true, reason });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(times().length).toBeGreaterThan(2);
    close();
  },
);

it('a server that asks for an hour gets a minute', async () => {
  const { times, close } = refusingServer({ opens: true, reason: '{"retryAfterMs":3600000}' });
  await vi.advanceTimersByTimeAsync(80_000);
  expect(times()).toHaveLength(2);
  close();
});

it('the pause that a server asked for ends with close', async () => {
  const { times, close } = refusingServer({ opens: true, reason: '{"retryAfterMs":8000}' });
  await vi.advanceTimersByTimeAsync(1_000);
  close();
  expect(vi.getTimerCount()).toBe(0);
  expect(times()).toEqual([0]);
});

it('nothing is opened after close, not even when a pause is under way', async () => {
  const { times, wake, close } = refusingServer();
  await vi.advanceTimersByTimeAsync(10_000);
  const before = times().length;
  close();
  wake();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(times().length).toBe(before);
});
