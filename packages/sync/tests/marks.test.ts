import { ConfabError, type Conversation, type Watermark } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { answerOf, conversation, Desk, message, messages, pageOf } from './manual-transport.ts';

let desk: Desk;

function group(id: string, headRev: number, marks: Partial<Conversation> = {}): Conversation {
  return { ...conversation(id, headRev), kind: 'group', deliveredSeq: headRev, ...marks };
}

const unread = { deliveredSeq: 0, readSeq: 0, unread: 2, unreadTo: 2 };

async function answerMark(deliveredSeq: number, readSeq: number): Promise<unknown> {
  const call = desk.take('mark');
  await call.answer({ epoch: 'epoch', watermark: { userId: 'ada', deliveredSeq, readSeq } });
  return call.input;
}

function badge(id: string): { unread: number | undefined; readSeq: number | undefined } {
  const row = desk.sync.conversation(id).get();
  return { unread: row?.unread, readSeq: row?.readSeq };
}

async function raise(conversationId: string, watermark: Watermark, epoch = 'epoch'): Promise<void> {
  await desk.event({ type: 'watermark.raised', epoch, conversationId, watermark });
}

beforeEach(() => {
  desk = new Desk();
});

describe('reading', () => {
  beforeEach(async () => {
    await desk.connect(group('group', 2, unread), { ...conversation('room', 2), ...unread });
    // What has news and is not held is loaded by itself.
    await desk.take('page').answer(pageOf(messages(1, 2)));
  });

  test('clears the badge at once, and is told together with what was delivered', async () => {
    expect(badge('group')).toEqual({ unread: 2, readSeq: 0 });
    desk.sync.markRead('group', 2);
    expect(badge('group')).toEqual({ unread: 0, readSeq: 2 });
    await desk.clock.advance(100);
    expect(await answerMark(2, 2)).toEqual({
      epoch: 'epoch',
      conversationId: 'group',
      deliveredSeq: 2,
      readSeq: 2,
    });
    await desk.clock.advance(60_000);
    expect(desk.underWay).toEqual([]);
  });

  test('is told at most once a second', async () => {
    await desk.clock.advance(100);
    await answerMark(2, 0);
    await desk.entries('group', message(3));
    desk.sync.markRead('group', 3);
    await desk.entries('group', message(4));
    await desk.clock.advance(899);
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(101);
    expect(await answerMark(4, 3)).toMatchObject({ deliveredSeq: 4, readSeq: 3 });
  });

  test('is told at once when the page is left, and only then, and only what is news', async () => {
    await desk.clock.advance(100);
    await answerMark(2, 0);
    await desk.entries('group', message(3));
    desk.sync.markRead('group', 3);
    await desk.clock.advance(200);
    expect(desk.underWay).toEqual([]);
    desk.sync.hurry();
    expect(await answerMark(3, 3)).toMatchObject({ conversationId: 'group', readSeq: 3 });
    desk.sync.hurry();
    await desk.clock.advance(60_000);
    expect(desk.underWay).toEqual([]);
  });

  test('in a room is told at most every 3 s, and what was delivered not at all', async () => {
    await desk.clock.advance(100);
    await answerMark(2, 0);
    await desk.openTimeline('room', messages(1, 2));
    desk.sync.markRead('room', 1);
    await desk.clock.advance(100);
    expect(await answerMark(0, 1)).toMatchObject({ conversationId: 'room', deliveredSeq: 0, readSeq: 1 });
    desk.sync.markRead('room', 2);
    await desk.clock.advance(2_800);
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(200);
    expect(await answerMark(0, 2)).toMatchObject({ readSeq: 2 });
  });

  test('reaches no further than what is held', async () => {
    desk.sync.markRead('group', 77);
    expect(badge('group').readSeq).toBe(2);
  });

  test('is told again after a failure, and not again after a refusal', async () => {
    desk.sync.markRead('group', 2);
    await desk.clock.advance(100);
    await desk.take('mark').refuse(new ConfabError('UNAVAILABLE'));
    await desk.clock.advance(5_100);
    await desk.take('mark').refuse(new ConfabError('FORBIDDEN'));
    await desk.clock.advance(60_000);
    expect(desk.underWay).toEqual([]);
  });

  test('while offline is told once connected', async () => {
    await desk.cut();
    desk.sync.markRead('group', 2);
    await desk.clock.advance(60_000);
    expect(desk.underWay).toEqual([]);
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    await desk.clock.advance(100);
    expect(desk.take('mark').input).toMatchObject({ readSeq: 2 });
  });

  test('in a life of the database that is over makes the device learn everything anew', async () => {
    desk.sync.markRead('group', 2);
    await desk.clock.advance(100);
    await desk.take('mark').refuse(new ConfabError('EPOCH_CHANGED'));
    expect(desk.sync.conversations.get().rows).toEqual([]);
    expect(desk.underWay).toEqual(['listConversations']);
  });

  test('on another device clears the badge here; in part, the row is fetched', async () => {
    await raise('room', { userId: 'ada', deliveredSeq: 1, readSeq: 1 });
    const partly = answerOf('room', 2);
    const rest = { ...partly.conversation, unread: 1, unreadTo: 2, readSeq: 1 };
    await desk.take('getConversation').answer({ ...partly, conversation: rest });
    expect(badge('room')).toEqual({ unread: 1, readSeq: 1 });
    await raise('room', { userId: 'ada', deliveredSeq: 2, readSeq: 2 });
    expect(badge('room')).toEqual({ unread: 0, readSeq: 2 });
  });

  test('is what writing does', async () => {
    const clientId = await desk.send('room', 'one');
    await desk.take('send').answer({ epoch: 'epoch', entry: message(3, 'ada', clientId) });
    expect(badge('room')).toEqual({ unread: 0, readSeq: 3 });
    await desk.entries('room', message(4));
    expect(badge('room')).toEqual({ unread: 1, readSeq: 3 });
  });
});

describe('watermarks', () => {
  const ada = { userId: 'ada', deliveredSeq: 2, readSeq: 2 };
  const bob = { userId: 'bob', deliveredSeq: 1, readSeq: 0 };
  let shown: () => readonly Watermark[] | null;

  beforeEach(async () => {
    await desk.connect(group('group', 2));
    const store = desk.sync.watermarks('group');
    expect(desk.underWay).toEqual([]);
    store.subscribe(() => undefined);
    shown = () => store.get();
    // Nobody has told yet: "sent" and "not seen" would be claims.
    expect(shown()).toBeNull();
    await raise('group', { ...bob, deliveredSeq: 2 });
    await desk.take('watermarks').answer({ epoch: 'epoch', watermarks: [bob, ada] });
    if (desk.underWay.length > 0)
      await desk.take('watermarks').answer({ epoch: 'epoch', watermarks: [bob, ada] });
  });

  test('are fetched when somebody looks, and only rise', async () => {
    expect(shown()).toEqual([ada, { ...bob, deliveredSeq: 2 }]);
    await raise('group', { userId: 'bob', deliveredSeq: 1, readSeq: 1 });
    expect(shown()).toEqual([ada, { userId: 'bob', deliveredSeq: 2, readSeq: 1 }]);
  });

  test('are raised by what their member writes', async () => {
    await desk.entries('group', message(3, 'bob'));
    expect(shown()).toEqual([ada, { userId: 'bob', deliveredSeq: 3, readSeq: 3 }]);
  });

  test('are fetched again with every connection, and when somebody comes', async () => {
    await desk.cut();
    await desk.connect(group('group', 2));
    await desk.take('watermarks').answer({ epoch: 'epoch', watermarks: [ada, { ...bob, readSeq: 1 }] });
    expect(shown()?.[1]).toMatchObject({ readSeq: 1 });
    await raise('group', { userId: 'cleo', deliveredSeq: 2, readSeq: 0 });
    const cleo = { userId: 'cleo', deliveredSeq: 2, readSeq: 0 };
    await desk.take('watermarks').answer({ epoch: 'epoch', watermarks: [ada, bob, cleo] });
    expect(shown()?.map(({ userId }) => userId)).toEqual(['ada', 'bob', 'cleo']);
  });

  test('of another epoch count for nothing', async () => {
    await raise('group', { userId: 'bob', deliveredSeq: 9, readSeq: 9 }, 'restored');
    expect(shown()).toBeNull();
  });
});

describe('what has news and is not held', () => {
  test('is loaded in the background, three at a time, rooms not', async () => {
    const groups = Array.from({ length: 5 }, (_, index) => group(`g${String(index)}`, 2, unread));
    await desk.connect(...groups, { ...conversation('room', 2), ...unread }, group('held', 2));
    expect(desk.underWay).toEqual(['page', 'page', 'page']);
    await desk.take('page').answer(pageOf(messages(1, 2)));
    await desk.take('page').refuse(new ConfabError('INTERNAL'));
    expect(desk.underWay).toEqual(['page', 'page', 'page']);
    for (let left = 0; left < 3; left += 1) await desk.take('page').answer(pageOf(messages(1, 2)));
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(100);
    expect(desk.underWay).toEqual(['mark', 'mark', 'mark', 'mark']);
  });

  test('of a live event is loaded too, so that it counts as delivered', async () => {
    await desk.connect(group('group', 2));
    expect(desk.underWay).toEqual([]);
    await desk.entries('group', message(3));
    await desk.take('page').answer(pageOf(messages(1, 3)));
    await desk.clock.advance(100);
    expect(await answerMark(3, 0)).toMatchObject({ conversationId: 'group', deliveredSeq: 3 });
  });

  test('is pulled or fetched when the server tells its head, and not when it is held', async () => {
    await desk.connect(conversation('open', 2), conversation('closed', 2));
    await desk.openTimeline('open', messages(1, 2));
    const tell = (conversationId: string, headRev: number) =>
      desk.event({ type: 'conversation.advanced', epoch: 'epoch', conversationId, headRev });
    await tell('open', 2);
    await tell('closed', 2);
    expect(desk.underWay).toEqual([]);
    await tell('open', 3);
    await tell('closed', 4);
    await desk.take('pull').answer({ epoch: 'epoch', entries: [message(3)], from: 1, more: false });
    await desk.take('getConversation').answer(answerOf('closed', 4));
    expect([desk.shown('open'), desk.underWay]).toEqual([[1, 2, 3], []]);
    expect(desk.sync.conversation('closed').get()?.conversation.headRev).toBe(4);
  });
});
