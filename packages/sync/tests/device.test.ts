import { ConfabError } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryStorage } from '../src/storage/memory-storage.ts';
import type { CacheChanges, OutboxStep, SyncStorage } from '../src/storage/sync-storage.ts';
import { answerOf, conversation, Desk, message, messages, pageOf } from './manual-transport.ts';

const room = 'room';

/** A disk that a test can fill, break or stop, and that counts its transactions. */
class Disk extends MemoryStorage implements SyncStorage {
  fault: 'full' | 'broken' | 'silent' | null = null;
  /** Applies to writes of the cache, too. */
  writes = 0;

  override async writeOutbox(steps: readonly OutboxStep[]): Promise<void> {
    await this.#suffer(steps.some(({ type }) => type === 'put'));
    await super.writeOutbox(steps);
  }

  override async writeCache(changes: CacheChanges): Promise<void> {
    this.writes += 1;
    await this.#suffer(true);
    await super.writeCache(changes);
  }

  override async loadOutbox() {
    if (this.fault === 'broken') throw new Error('refused');
    if (this.fault === 'silent') await new Promise(() => undefined);
    return super.loadOutbox();
  }

  async #suffer(isAdding: boolean): Promise<void> {
    if (this.fault === 'silent') await new Promise(() => undefined);
    if (this.fault === 'broken') throw new Error('refused');
    if (this.fault !== 'full' || !isAdding) return;
    const error = new Error('no room');
    error.name = 'QuotaExceededError';
    throw error;
  }
}

let disk: Disk;
let desk: Desk;

beforeEach(async () => {
  disk = new Disk();
  desk = new Desk({}, { storage: disk });
  await desk.connect(conversation(room, 2));
  await desk.openTimeline(room, messages(1, 2));
});

/** The page is gone, as after a crash; another one opens. */
async function reload(): Promise<void> {
  await desk.clock.advance(1_000);
  desk = new Desk({}, { storage: disk });
  await desk.settled();
}

async function keptTexts(): Promise<string[]> {
  const { outgoing } = await disk.loadOutbox();
  return outgoing.map(({ outgoing: one }) => (one.kind === 'message' ? one.text : one.kind));
}

describe('what is outgoing', () => {
  test('is kept before it goes out, and no longer once it is stored', async () => {
    const clientId = desk.sync.send(room, 'one');
    expect(desk.underWay).toEqual([]);
    await desk.settled();
    expect([await keptTexts(), desk.underWay]).toEqual([['one'], ['send']]);
    await desk.take('send').answer({ epoch: 'epoch', entry: message(3, 'ada', clientId) });
    expect(await keptTexts()).toEqual([]);
  });

  test('survives the page, changes and failures too, in order and under the same client ids', async () => {
    await desk.cut();
    await desk.send(room, 'one');
    desk.sync.edit(room, 'entry-2', 'edited');
    await desk.send(room, 'two');
    const keys = desk.keys(room);
    await reload();
    await desk.open(room);
    expect([desk.texts(room), desk.keys(room)]).toEqual([['text 1', 'edited', 'one', 'two'], keys]);
    await desk.connect(conversation(room, 2));
    expect(desk.take('send').input).toMatchObject({ text: 'one', clientId: keys[2] });
  });

  test('that there is no room for is not sent and says why; with room again it goes out', async () => {
    disk.fault = 'full';
    const clientId = await desk.send(room, 'one');
    desk.sync.edit(room, 'entry-2', 'edited');
    await desk.settled();
    expect([desk.shown(room), desk.texts(room), desk.underWay]).toEqual([
      [1, 2, 'failed'],
      ['text 1', 'text 2', 'one'],
      [],
    ]);
    expect(desk.sync.timeline(room).get().items.at(-1)).toMatchObject({
      message: { error: { code: 'STORAGE_FULL' } },
    });
    expect(desk.refused).toMatchObject([{ kind: 'edit', error: { code: 'STORAGE_FULL' } }]);
    expect(desk.sync.storage.get()).toBe('full');
    disk.fault = null;
    desk.sync.retry(room, clientId);
    await desk.settled();
    expect(desk.take('send').input.clientId).toBe(clientId);
    expect(desk.sync.storage.get()).toBe('kept');
  });

  test('comes before the cache when there is no room', async () => {
    await desk.clock.advance(1_000);
    expect(await disk.loadRange(room)).not.toBeNull();
    const write = disk.writeOutbox.bind(disk);
    let refusals = 0;
    disk.writeOutbox = async (steps) => {
      if ((await disk.loadRange(room)) === null) return write(steps);
      refusals += 1;
      throw Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
    };
    await desk.send(room, 'one');
    expect([refusals, await keptTexts(), desk.underWay]).toEqual([1, ['one'], ['send']]);
    expect(desk.sync.storage.get()).toBe('kept');
  });

  test('is sent all the same where the browser keeps nothing, and that is said', async () => {
    disk.fault = 'broken';
    await desk.send(room, 'one');
    expect([desk.underWay, desk.sync.storage.get()]).toEqual([['send'], 'memory']);
    expect(new Desk().sync.storage.get()).toBe('memory');
  });

  test('waits no longer than 5 s for a storage that does not answer', async () => {
    disk.fault = 'silent';
    await desk.send(room, 'one');
    expect(desk.underWay).toEqual([]);
    await desk.clock.advance(5_000);
    expect([desk.underWay, desk.sync.storage.get()]).toEqual([['send'], 'memory']);
  });
});

describe('the next page', () => {
  test('shows the list and a timeline before the network answers, then pulls from the cursor', async () => {
    await desk.entries(room, ...messages(3, 5));
    desk.sync.markRead(room, 4);
    await reload();
    expect(desk.sync.conversations.get()).toMatchObject({
      status: 'ready',
      rows: [{ unread: 1, readSeq: 4 }],
    });
    await desk.open(room);
    expect([desk.shown(room), desk.underWay]).toEqual([[1, 2, 3, 4, 5], []]);
    await desk.connect({ ...conversation(room, 7), readSeq: 2, unread: 5, unreadTo: 7 });
    const pull = desk.take('pull');
    // One entry is asked for again: that it is the same shows that the log is.
    expect(pull.input.after).toBe(4);
    await pull.answer({ epoch: 'epoch', entries: messages(5, 7), from: 1, more: false });
    expect(desk.shown(room)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(desk.sync.conversation(room).get()).toMatchObject({ unread: 3, readSeq: 4 });
    await desk.clock.advance(100);
    // What was read before the page went is still to be told.
    expect(desk.take('mark').input).toMatchObject({ readSeq: 4 });
  });

  test('in another epoch forgets the cache and keeps the outbox', async () => {
    await desk.cut();
    await desk.send(room, 'one');
    await reload();
    await desk.event({ type: 'live.ready', epoch: 'restored' });
    expect([await disk.loadList(), await disk.loadRange(room), await keptTexts()]).toEqual([
      null,
      null,
      ['one'],
    ]);
    expect(desk.sync.conversations.get().rows).toEqual([]);
    expect(desk.take('send').input.text).toBe('one');
  });

  test('shows nothing of a conversation that was left meanwhile', async () => {
    await reload();
    await desk.event({ type: 'live.ready', epoch: 'epoch' });
    await desk.take('listConversations').answer({ epoch: 'epoch', conversations: [], nextCursor: null });
    await desk.take('getConversation').refuse(new ConfabError('NOT_FOUND'));
    await desk.clock.advance(1_000);
    expect(await disk.loadRange(room)).toBeNull();
    desk = new Desk({}, { storage: disk });
    await desk.settled();
    await desk.open(room);
    expect([desk.shown(room), desk.underWay]).toEqual([[], ['page']]);
  });
});

test('a burst of 500 events is written in few transactions, and is there afterwards', async () => {
  await desk.clock.advance(1_000);
  disk.writes = 0;
  for (const entry of messages(3, 502)) await desk.entries(room, entry);
  await desk.clock.advance(1_000);
  expect(disk.writes).toBeLessThanOrEqual(2);
  const kept = await disk.loadRange(room);
  expect([kept?.range.cursor, kept?.range.low, kept?.range.entries.length]).toEqual([502, 303, 200]);
});

test('signing out leaves nothing behind', async () => {
  await desk.cut();
  await desk.send(room, 'one');
  await desk.clock.advance(1_000);
  await desk.sync.erase();
  expect([await keptTexts(), await disk.loadList(), await disk.loadRange(room)]).toEqual([[], null, null]);
  expect([desk.sync.conversations.get().rows, desk.clock.pending]).toEqual([[], 0]);
});

test('a session that expired leaves what is unsent, and nothing else', async () => {
  await desk.cut();
  await desk.send(room, 'one');
  await desk.clock.advance(1_000);
  const kept = desk.sync.send(room, 'two');
  await desk.sync.keepUnsent();
  expect([await keptTexts(), await disk.loadList(), await disk.loadRange(room)]).toEqual([
    ['one', 'two'],
    null,
    null,
  ]);
  expect([desk.sync.conversations.get().rows, desk.clock.pending]).toEqual([[], 0]);
  await reload();
  await desk.connect(conversation(room, 2));
  expect([desk.take('send').input.text, kept]).toEqual(['one', expect.any(String)]);
});

test('what is refused because the browser is somebody else’s stays unsent', async () => {
  await desk.send(room, 'one');
  await desk.take('send').refuse(new ConfabError('OTHER_ACCOUNT'));
  await desk.clock.advance(1_000);
  expect(await keptTexts()).toEqual(['one']);
});

test('stopping writes what waits', async () => {
  await desk.entries(room, message(3));
  desk.sync.stop();
  await desk.settled();
  expect((await disk.loadRange(room))?.range.cursor).toBe(3);
  expect(answerOf(room, 3).epoch).toBe((await disk.loadList())?.epoch);
  expect(pageOf(messages(1, 3)).entries).toEqual((await disk.loadRange(room))?.range.entries);
});
