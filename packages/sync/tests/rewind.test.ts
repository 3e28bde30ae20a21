import { beforeEach, describe, expect, test } from 'vitest';
import type { Conversation, MessageEntry } from '@confab/contract';
import { MemoryStorage } from '../src/storage/memory-storage.ts';
import type { Rules } from '../src/rules.ts';
import { conversation, Desk, message, messages, pageOf } from './manual-transport.ts';

const room = 'room';
let disk: MemoryStorage;
let told: number;
let desk: Desk;

function open(broken: Partial<Rules> = {}): Desk {
  return new Desk(broken, { storage: disk, onRewound: () => (told += 1) });
}

/** What was written after an older copy was put back: other entries at the same revs. */
function written(rev: number): MessageEntry {
  return { ...message(rev), id: `later-${String(rev)}`, text: `later ${String(rev)}` };
}

function rowOf(entries: readonly MessageEntry[]): Conversation {
  const lastMessage = entries.at(-1) ?? null;
  return { ...conversation(room, lastMessage?.rev ?? 0), lastMessage };
}

async function reconnect(row: Conversation): Promise<void> {
  await desk.cut();
  await desk.connect(row);
}

/** Everything is asked for again, and is what it is now. */
async function expectAnew(entries: readonly MessageEntry[]): Promise<void> {
  await desk
    .take('listConversations')
    .answer({ epoch: 'epoch', conversations: [rowOf(entries)], nextCursor: null });
  await desk.take('page').answer(pageOf(entries));
  expect(desk.texts(room)).toEqual(entries.map(({ text }) => text));
  expect(desk.sync.conversation(room).get()?.preview).toMatchObject({ entry: { id: entries.at(-1)?.id } });
  expect([told, desk.underWay]).toEqual([1, []]);
}

beforeEach(async () => {
  disk = new MemoryStorage();
  told = 0;
  desk = open();
  await desk.connect(conversation(room, 5));
  await desk.openTimeline(room, messages(1, 5));
});

describe('a device whose server was set back to an older copy under the same epoch says so, and begins anew', () => {
  test('when the server knows less: one page proves it', async () => {
    const now = messages(1, 3);
    await reconnect(rowOf(now));
    const page = desk.take('page');
    expect(page.input).toEqual({ conversationId: room, before: 6 });
    await page.answer(pageOf(now));
    await expectAnew(now);
  });

  test('when as much was written since: the last message is another one', async () => {
    const now = [...messages(1, 3), written(4), written(5)];
    await reconnect(rowOf(now));
    await desk.take('page').answer(pageOf(now));
    await expectAnew(now);
  });

  test('when more was written since: the pull overlaps', async () => {
    const now = [...messages(1, 3), written(4), written(5), written(6)];
    await reconnect(rowOf(now));
    const pull = desk.take('pull');
    expect(pull.input).toEqual({ conversationId: room, after: 4 });
    await pull.answer({ epoch: 'epoch', entries: now.slice(4), from: 1, more: false });
    await expectAnew(now);
  });

  test('when what was sent meanwhile was answered before the list', async () => {
    await desk.cut();
    const clientId = await desk.send(room, 'mine');
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    const mine = { ...written(6), senderId: 'ada', clientId };
    const now = [...messages(1, 3), written(4), written(5), mine];
    await desk.take('send').answer({ epoch: 'epoch', entry: mine });
    const page = desk.take('page');
    expect(page.input).toEqual({ conversationId: room, before: 6 });
    await page.answer(pageOf(now));
    desk.take('listConversations');
    await expectAnew(now);
  });

  test('and keeps what is unsent, and its drafts', async () => {
    await desk.cut();
    await desk.send(room, 'mine');
    desk.sync.keepDraft(room, 'written');
    desk.sync.hurry();
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    const now = messages(1, 3);
    await desk
      .take('listConversations')
      .answer({ epoch: 'epoch', conversations: [rowOf(now)], nextCursor: null });
    await desk.take('page').answer(pageOf(now));
    await desk
      .take('listConversations')
      .answer({ epoch: 'epoch', conversations: [rowOf(now)], nextCursor: null });
    await desk.take('page').answer(pageOf(now));
    expect(desk.texts(room)).toEqual([...now.map(({ text }) => text), 'mine']);
    const { clientId } = desk.take('send').input;
    expect((await disk.loadOutbox()).outgoing).toMatchObject([{ outgoing: { clientId } }]);
    expect(await disk.loadDrafts()).toEqual([{ conversationId: room, text: 'written' }]);
  });

  test('also the next page, which holds what the one before kept', async () => {
    await desk.clock.advance(1_000);
    desk = open();
    await desk.settled();
    desk.sync.timeline(room).subscribe(() => undefined);
    await desk.open(room);
    const now = [...messages(1, 3), written(4), written(5), written(6)];
    await desk.connect(rowOf(now));
    await desk.take('pull').answer({ epoch: 'epoch', entries: now.slice(4), from: 1, more: false });
    await expectAnew(now);
    await desk.clock.advance(1_000);
    expect((await disk.loadRange(room))?.range).toMatchObject({ cursor: 6, lastId: 'later-6' });
  });
});

describe('nothing is forgotten', () => {
  test('when an answer was overtaken: the page does not prove anything', async () => {
    await reconnect(rowOf(messages(1, 3)));
    await desk.take('page').answer(pageOf(messages(1, 5)));
    expect([desk.shown(room), told, desk.underWay]).toEqual([[1, 2, 3, 4, 5], 0, []]);
  });

  test('and nothing more is asked for, when the server has what is held', async () => {
    await reconnect(conversation(room, 5));
    await desk.entries(room, message(6));
    await reconnect(conversation(room, 6));
    expect([desk.shown(room), told, desk.underWay]).toEqual([[1, 2, 3, 4, 5, 6], 0, []]);
  });

  test('before the question is answered; it is asked again', async () => {
    await reconnect(rowOf(messages(1, 3)));
    await desk.take('page').refuse(new Error('reset'));
    expect([desk.shown(room).length, desk.underWay]).toEqual([5, []]);
    await desk.clock.advance(5_000);
    await desk.take('page').answer(pageOf(messages(1, 3)));
    await expectAnew(messages(1, 3));
  });
});

test('control: without the comparison new messages hide under revs that are known', async () => {
  desk = open({ isRewound: () => false });
  await desk.connect(conversation(room, 5));
  await desk.openTimeline(room, messages(1, 5));
  const now = [...messages(1, 3), written(4), written(5), written(6)];
  await reconnect(rowOf(now));
  await desk.take('pull').answer({ epoch: 'epoch', entries: now.slice(4), from: 1, more: false });
  expect(desk.texts(room)).toEqual([...messages(1, 5), written(6)].map(({ text }) => text));
  expect(told).toBe(0);
});
