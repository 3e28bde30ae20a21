import { ConfabError } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { conversation, Desk, message, messages, pageOf } from './manual-transport.ts';

const room = 'room';
const other = 'other';
const tooMuch = (retryAfterMs: number) => new ConfabError('RATE_LIMITED', { retryAfterMs });
const pulled = (first: number, last: number) => ({
  epoch: 'epoch',
  entries: messages(first, last),
  from: 1,
  more: false,
});
let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});

describe('where the server asks for patience', () => {
  test('the list keeps loading, and is there when the wait is over', async () => {
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    await desk.take('listConversations').refuse(tooMuch(3_000));
    expect(desk.sync.conversations.get().status).toBe('loading');
    await desk.clock.advance(2_999);
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(1);
    const list = { epoch: 'epoch', conversations: [conversation(room, 2)], nextCursor: null };
    await desk.take('listConversations').answer(list);
    expect(desk.sync.conversations.get().status).toBe('ready');
  });

  test('a timeline keeps loading, and so do older messages', async () => {
    await desk.connect(conversation(room, 20));
    desk.sync.timeline(room).subscribe(() => undefined);
    await desk.open(room);
    await desk.take('page').refuse(tooMuch(500));
    expect(desk.sync.timeline(room).get().status).toBe('loading');
    await desk.clock.advance(500);
    await desk.take('page').answer({ ...pageOf(messages(11, 20)), cursor: 20 });
    desk.sync.loadOlder(room);
    await desk.take('page').refuse(tooMuch(500));
    expect(desk.sync.timeline(room).get()).toMatchObject({ status: 'ready', olderStatus: 'loading' });
    await desk.clock.advance(500);
    await desk.take('page').answer({ ...pageOf(messages(1, 10)), cursor: 20 });
    expect(desk.shown(room)).toHaveLength(20);
  });

  test('pulls wait together, go on one after the other, and miss nothing', async () => {
    const rooms = Array.from({ length: 10 }, (_, i) => `room-${String(i)}`);
    await desk.connect(...rooms.map((id) => conversation(id, 2)));
    for (const id of rooms) await desk.openTimeline(id, messages(1, 2));
    for (const id of rooms) await desk.entries(id, message(5));
    expect(desk.underWay).toHaveLength(rooms.length);
    for (let i = 0; i < rooms.length; i++) await desk.take('pull').refuse(tooMuch(1_000));
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(1_000);
    for (let i = 0; i < rooms.length; i++) {
      expect(desk.underWay).toEqual(['pull']);
      await desk.take('pull').answer(pulled(3, 5));
    }
    for (const id of rooms) expect(desk.shown(id)).toEqual([1, 2, 3, 4, 5]);
    // Nobody waits any more: they go at once again.
    for (const id of [rooms[0] ?? '', rooms[1] ?? '']) await desk.entries(id, message(8));
    expect(desk.underWay).toEqual(['pull', 'pull']);
  });

  test('what is asked for meanwhile waits behind, and sending does not wait', async () => {
    await desk.connect(conversation(room, 2), conversation(other, 2));
    await desk.openTimeline(room, messages(1, 2));
    await desk.entries(room, message(5));
    await desk.take('pull').refuse(tooMuch(1_000));
    await desk.open(other);
    await desk.send(room, 'hello');
    expect(desk.underWay).toEqual(['send']);
    await desk.clock.advance(1_000);
    await desk.take('pull').answer(pulled(3, 5));
    await desk.take('page').answer(pageOf(messages(1, 2)));
    expect(desk.shown(other)).toEqual([1, 2]);
  });

  test('nothing is asked any more after the end', async () => {
    await desk.connect(conversation(room, 2));
    await desk.open(room);
    await desk.take('page').refuse(tooMuch(1_000));
    desk.sync.stop();
    await desk.clock.advance(60_000);
    expect(desk.underWay).toEqual([]);
  });
});

test('any other failure is shown', async () => {
  await desk.connect(conversation(room, 2));
  desk.sync.timeline(room).subscribe(() => undefined);
  await desk.open(room);
  await desk.take('page').refuse(new ConfabError('UNAVAILABLE', { retryAfterMs: 1_000 }));
  expect(desk.sync.timeline(room).get().status).toBe('failed');
});
