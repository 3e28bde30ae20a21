import { ConfabError } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { rules } from '../src/rules.ts';
import { answerOf, conversation, Desk, message, messages, pageOf } from './manual-transport.ts';

const room = 'room';
let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});

function pulled(first: number, last: number, more = false) {
  return { epoch: 'epoch', entries: messages(first, last), from: 1, more };
}

describe('live entries', () => {
  beforeEach(async () => {
    await desk.connect(conversation(room, 2), conversation('other', 9));
    await desk.openTimeline(room, messages(1, 2));
  });

  test('are appended once; a gap is pulled, to the end', async () => {
    await desk.entries(room, message(3));
    await desk.entries(room, message(2), message(3));
    expect(desk.shown(room)).toEqual([1, 2, 3]);
    await desk.entries(room, message(6));
    expect(desk.shown(room)).toEqual([1, 2, 3]);
    const pull = desk.take('pull');
    expect(pull.input.after).toBe(2);
    await pull.answer(pulled(3, 4, true));
    await desk.take('pull').answer(pulled(5, 6));
    expect([desk.shown(room), desk.underWay]).toEqual([[1, 2, 3, 4, 5, 6], []]);
  });

  test('that come during a pull need no further pull when they adjoin its answer', async () => {
    await desk.entries(room, message(5));
    await desk.entries(room, message(6));
    await desk.take('pull').answer(pulled(3, 5));
    expect([desk.shown(room), desk.underWay]).toEqual([[1, 2, 3, 4, 5, 6], []]);
  });

  test('of a failing pull are pulled again, after a pause', async () => {
    await desk.entries(room, message(4));
    await desk.take('pull').refuse(new Error('reset'));
    await desk.entries(room, message(5));
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(5_000);
    await desk.take('pull').answer(pulled(3, 5));
    expect(desk.shown(room)).toEqual([1, 2, 3, 4, 5]);
  });

  test('that are void keep the numbering and show nothing', async () => {
    await desk.entries(room, { kind: 'void', rev: 3 }, message(4));
    expect([desk.shown(room), desk.underWay]).toEqual([[1, 2, 4], []]);
  });

  test('of a conversation without entries held change its row alone', async () => {
    const untouched = desk.sync.conversation(room).get();
    await desk.entries('other', message(10));
    expect(desk.sync.conversation('other').get()).toMatchObject({
      conversation: { headRev: 10 },
      preview: { entry: { rev: 10 } },
      lastActivityAt: message(10).createdAt,
    });
    expect([desk.sync.conversation(room).get(), desk.underWay]).toEqual([untouched, []]);
    expect(desk.sync.conversation(room).get()).toBe(untouched);
  });

  test('of an unlisted conversation fetch it, once', async () => {
    await desk.entries('new', message(1));
    await desk.entries('new', message(2));
    expect(desk.underWay).toEqual(['getConversation']);
    await desk.take('getConversation').answer(answerOf('new', 1));
    await desk.take('getConversation').answer(answerOf('new', 2));
    expect(desk.sync.conversations.get().rows.map((row) => row.conversation.id)).toEqual([
      'other',
      'new',
      room,
    ]);
    expect(desk.underWay).toEqual([]);
  });

  test('leave unchanged rows and items as they were, and listeners of others alone', async () => {
    const before = desk.sync.timeline(room).get().items;
    let calls = 0;
    desk.sync.timeline('other').subscribe(() => (calls += 1));
    desk.sync.conversation('other').subscribe(() => (calls += 1));
    await desk.entries(room, message(3));
    expect(
      desk.sync
        .timeline(room)
        .get()
        .items.slice(0, 2)
        .every((item, index) => item === before[index]),
    ).toBe(true);
    expect(calls).toBe(0);
  });
});

describe('a timeline', () => {
  test('fails with the reason, and loads when opened again', async () => {
    await desk.open(room);
    await desk.take('page').refuse(new ConfabError('INTERNAL'));
    expect(desk.sync.timeline(room).get()).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
    await desk.open(room);
    await desk.take('page').answer(pageOf(messages(1, 2)));
    expect([desk.sync.timeline(room).get().status, desk.shown(room)]).toEqual(['ready', [1, 2]]);
  });

  test('takes in what came while its page was under way', async () => {
    await desk.connect(conversation(room, 2));
    await desk.open(room);
    await desk.entries(room, message(3));
    await desk.entries(room, message(5));
    await desk.take('page').answer(pageOf(messages(1, 2)));
    expect(desk.shown(room)).toEqual([1, 2, 3]);
    await desk.take('pull').answer(pulled(4, 5));
    expect([desk.shown(room), desk.underWay]).toEqual([[1, 2, 3, 4, 5], []]);
  });

  test('loads older pages one at a time, down to the first entry that may be seen', async () => {
    await desk.openTimeline(room, messages(8, 9), 3);
    desk.sync.loadOlder(room);
    desk.sync.loadOlder(room);
    expect(desk.sync.timeline(room).get()).toMatchObject({ hasOlder: true, olderStatus: 'loading' });
    const older = desk.take('page');
    expect(older.input.before).toBe(8);
    await older.answer(pageOf(messages(3, 7), 3));
    desk.sync.loadOlder(room);
    expect([desk.shown(room), desk.underWay]).toEqual([[3, 4, 5, 6, 7, 8, 9], []]);
    expect(desk.sync.timeline(room).get()).toMatchObject({ hasOlder: false, olderStatus: 'idle' });
  });

  async function loadOlderWhileAccessMoves(): Promise<(number | string)[]> {
    await desk.connect(conversation(room, 9));
    await desk.openTimeline(room, messages(8, 9));
    desk.sync.loadOlder(room);
    await desk.entries(room, message(22));
    await desk.take('pull').answer({ epoch: 'epoch', entries: messages(20, 22), from: 20, more: false });
    await desk.take('page').answer(pageOf(messages(3, 7)));
    return desk.shown(room);
  }

  test('drops an older page that no longer adjoins: access begins later now', async () => {
    expect(await loadOlderWhileAccessMoves()).toEqual([20, 21, 22]);
    expect(desk.sync.timeline(room).get().hasOlder).toBe(false);
  });

  test('control: without that rule it shows what may not be seen', async () => {
    desk = new Desk({
      prependPage: (range, older) => rules.prependPage(range, { ...older, before: range.low }),
    });
    expect(await loadOlderWhileAccessMoves()).toEqual([3, 4, 5, 6, 7, 20, 21, 22]);
  });

  test('of a conversation left is not found; joined again it loads again', async () => {
    await desk.connect(conversation(room, 2));
    await desk.openTimeline(room, messages(1, 2));
    await desk.event({ type: 'conversation.left', conversationId: room });
    expect(desk.sync.timeline(room).get()).toMatchObject({
      status: 'failed',
      items: [],
      error: { code: 'NOT_FOUND' },
    });
    expect(desk.sync.conversation(room).get()).toBeNull();
    await desk.event({ type: 'conversation.joined', conversationId: room });
    await desk.take('getConversation').answer(answerOf(room, 3));
    await desk.take('page').answer(pageOf([message(3)], 3));
    expect(desk.shown(room)).toEqual([3]);
  });

  test('that nobody looks at keeps a bounded stretch, and loads the rest again', async () => {
    await desk.connect(conversation(room, 2));
    await desk.open(room);
    await desk.take('page').answer(pageOf(messages(1, 2)));
    await desk.entries(room, ...messages(3, 1_001));
    const { items, hasOlder } = desk.sync.timeline(room).get();
    expect([items.length, hasOlder]).toEqual([500, true]);
  });
});

describe('a connection', () => {
  test('is online once heads are compared, what lay behind is pulled, and held-back events have passed', async () => {
    await desk.connect(conversation(room, 2));
    await desk.openTimeline(room, messages(1, 2));
    await desk.cut();
    expect(desk.sync.connection.get()).toBe('offline');
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    await desk.entries(room, message(5));
    await desk
      .take('listConversations')
      .answer({ epoch: 'epoch', conversations: [conversation(room, 4)], nextCursor: null });
    expect([desk.sync.connection.get(), desk.underWay]).toEqual(['offline', ['pull']]);
    await desk.take('pull').answer(pulled(3, 4));
    expect([desk.sync.connection.get(), desk.shown(room)]).toEqual(['online', [1, 2, 3, 4, 5]]);
  });

  test('renders nothing anew when nothing happened meanwhile', async () => {
    await desk.connect(conversation(room, 2));
    await desk.openTimeline(room, messages(1, 2));
    const before = [desk.sync.conversation(room).get(), desk.sync.timeline(room).get()];
    await desk.cut();
    await desk.connect(conversation(room, 2));
    expect(desk.sync.conversation(room).get()).toBe(before[0]);
    expect(desk.sync.timeline(room).get()).toBe(before[1]);
    expect(desk.underWay).toEqual([]);
  });

  test('asks about what the list no longer holds, and drops it when not found', async () => {
    await desk.connect(conversation(room, 2), conversation('moved', 1));
    await desk.cut();
    await desk.connect();
    expect(desk.take('getConversation').input.conversationId).toBe(room);
    await desk.take('getConversation').answer(answerOf('moved', 1));
    expect(desk.sync.conversations.get().rows.map((row) => row.conversation.id)).toEqual([room, 'moved']);
  });

  test('lets no older list undo that a conversation was left', async () => {
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    const list = desk.take('listConversations');
    await desk.event({ type: 'conversation.left', conversationId: room });
    await list.answer({ epoch: 'epoch', conversations: [conversation(room, 2)], nextCursor: null });
    expect(desk.sync.conversations.get()).toEqual({ status: 'ready', rows: [] });
  });

  test('that lost events compares heads again, and stays online', async () => {
    await desk.connect(conversation(room, 2));
    await desk.openTimeline(room, messages(1, 2));
    await desk.event({ type: 'live.resync' });
    await desk
      .take('listConversations')
      .answer({ epoch: 'epoch', conversations: [conversation(room, 3)], nextCursor: null });
    expect(desk.sync.connection.get()).toBe('online');
    await desk.take('pull').answer(pulled(3, 3));
    expect(desk.shown(room)).toEqual([1, 2, 3]);
  });

  test('without a list tries again, and lets live events pass meanwhile', async () => {
    await desk.connect(conversation(room, 2));
    await desk.openTimeline(room, messages(1, 2));
    await desk.event({ type: 'live.resync' });
    await desk.entries(room, message(3));
    expect(desk.shown(room)).toEqual([1, 2]);
    await desk.take('listConversations').refuse(new ConfabError('UNAVAILABLE'));
    expect(desk.shown(room)).toEqual([1, 2, 3]);
    await desk.clock.advance(5_000);
    expect(desk.underWay).toEqual(['listConversations']);
  });

  test('to another epoch forgets what was held, loads it again, and keeps what is outgoing', async () => {
    await desk.connect(conversation(room, 9));
    await desk.openTimeline(room, messages(8, 9));
    await desk.cut();
    const clientId = desk.sync.send(room, 'kept');
    await desk.event({ type: 'live.ready', epoch: 'restored' });
    expect(desk.shown(room)).toEqual(['sending']);
    await desk.take('page').answer({ ...pageOf(messages(1, 2)), epoch: 'restored' });
    const restored = { epoch: 'restored', conversations: [conversation(room, 2)], nextCursor: null };
    await desk.take('listConversations').answer(restored);
    expect(desk.shown(room)).toEqual([1, 2, 'sending']);
    expect(desk.take('send').input.clientId).toBe(clientId);
    expect(desk.sync.conversation(room).get()?.conversation.headRev).toBe(2);
  });
});
