import { expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';
import type { Pace } from './pace.ts';

const bounds = { max: 5, bytesMax: 1_000, overflow: 'over' };

/** A reader that takes what it is given while there is room, which the test makes. */
function aReader(queue: EventQueue<string>) {
  const ending = new AbortController();
  let room = 0;
  let wake: (() => void) | null = null;
  const pace: Pace = {
    get full() {
      return room === 0;
    },
    drained: () => new Promise<void>((resolve) => (wake = resolve)),
  };
  const taken: string[] = [];
  const reading = (async () => {
    for await (const event of queue.read(ending.signal, pace)) {
      taken.push(event);
      room -= 1;
    }
  })();
  return {
    taken,
    async makeRoom(events: number) {
      room = events;
      wake?.();
      // Everything that can be taken is taken before the event loop turns.
      await new Promise(setImmediate);
    },
    async end() {
      ending.abort();
      wake?.();
      await reading;
    },
  };
}

it('keeps what its reader has no room for, in order, and gives as much as there is room for', async () => {
  const queue = new EventQueue<string>(bounds);
  for (const event of ['a', 'b', 'c']) queue.push(event, 10);
  const reader = aReader(queue);
  await reader.makeRoom(2);
  expect(reader.taken).toEqual(['a', 'b']);
  expect(queue.bytes).toBe(10);
  queue.push('d', 10);
  await reader.makeRoom(2);
  expect(reader.taken).toEqual(['a', 'b', 'c', 'd']);
  expect(queue.bytes).toBe(0);
  await reader.end();
});

it.each([
  ['by number', 1, 5],
  ['by bytes', 400, 2],
])('gives way to one event that says so, %s, and goes on after it', async (_, bytes, fit) => {
  const queue = new EventQueue<string>(bounds);
  for (let i = 0; i < fit; i++) queue.push(String(i), bytes);
  expect(queue.bytes).toBe(fit * bytes);
  queue.push('one too many', bytes);
  queue.push('after', bytes);
  const reader = aReader(queue);
  await reader.makeRoom(9);
  expect(reader.taken).toEqual(['over', 'after']);
  await reader.end();
});

it('counts what waits behind what was taken already, and holds no more than it counts', async () => {
  const queue = new EventQueue<string>({ ...bounds, max: 1_000, bytesMax: 10_000 });
  const reader = aReader(queue);
  for (let i = 0; i < 500; i++) queue.push(String(i), 10);
  await reader.makeRoom(400);
  expect(queue.bytes).toBe(1_000);
  for (let i = 500; i < 1_400; i++) queue.push(String(i), 10);
  expect(queue.bytes).toBe(10_000);
  queue.push('one too many', 10);
  await reader.makeRoom(2_000);
  expect(reader.taken.slice(399)).toEqual(['399', 'over']);
  await reader.end();
});

it('takes one event that is larger than everything that may wait', async () => {
  const queue = new EventQueue<string>(bounds);
  queue.push('large', 5_000);
  const reader = aReader(queue);
  await reader.makeRoom(1);
  expect(reader.taken).toEqual(['large']);
  await reader.end();
});
