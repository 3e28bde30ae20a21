import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outgoing } from '../src/outgoing.ts';
import { rangeOfPage } from '../src/range.ts';
import { IndexedStorage } from '../src/storage/indexed-storage.ts';
import { keptRangesMax, type CacheChanges, type KeptRange } from '../src/storage/sync-storage.ts';
import { conversation, Desk, message, messages, pageOf } from './manual-transport.ts';

let users = 0;
let userId = '';
let storage: IndexedStorage;

beforeEach(() => {
  users += 1;
  userId = `user-${String(users)}`;
  storage = new IndexedStorage(userId);
});

function outgoing(clientId: string, text = clientId): Outgoing {
  const createdAt = '2029-01-01T00:00:00.000Z';
  return { kind: 'message', clientId, text, createdAt, state: 'sending', error: null };
}

function put(clientId: string, text?: string) {
  return { type: 'put' as const, conversationId: 'room', outgoing: outgoing(clientId, text) };
}

function range(conversationId: string, last: number, more: Partial<KeptRange> = {}): KeptRange {
  return {
    conversationId,
    epoch: 'epoch',
    openedAt: 1,
    range: rangeOfPage(pageOf(messages(1, last))),
    ...more,
  };
}

function kept(id: string, headRev: number) {
  return {
    conversation: conversation(id, headRev),
    shown: { unread: 1, unreadTo: headRev, readSeq: headRev - 1 },
  };
}

function cache(changes: Partial<CacheChanges>): CacheChanges {
  return { epoch: 'epoch', conversations: [], ranges: [], removed: [], ...changes };
}

async function texts(from: IndexedStorage): Promise<string[]> {
  const found = await from.loadOutbox();
  return found.outgoing.map((one) => (one.outgoing.kind === 'message' ? one.outgoing.text : ''));
}

describe('the outbox', () => {
  test('keeps the order of writing over tabs and later forms, until something is dropped', async () => {
    const tab = new IndexedStorage(userId);
    await storage.writeOutbox([put('b'), put('a')]);
    await tab.writeOutbox([put('c')]);
    await storage.writeOutbox([
      put('b', 'B'),
      { type: 'drop', clientId: 'a' },
      { type: 'drop', clientId: 'x' },
    ]);
    expect(await texts(tab)).toEqual(['B', 'c']);
  });

  test('of another user is another one', async () => {
    await storage.writeOutbox([put('a')]);
    expect(await texts(new IndexedStorage('somebody else'))).toEqual([]);
  });

  test('stays when the cache was written by another version, and so does what is unreadable in it', async () => {
    await storage.writeOutbox([put('a')]);
    await storage.writeCache(cache({ conversations: [kept('room', 2)], ranges: [range('room', 2)] }));
    storage.close();
    const db = await openDB(`confab:${userId}`);
    await db.put('cache', { version: 99, epoch: 'epoch' }, 'cache');
    await db.put('outbox', { version: 99, clientId: 'later', something: 'else' });
    db.close();
    const next = new IndexedStorage(userId);
    expect([await next.loadList(), await next.loadRange('room')]).toEqual([null, null]);
    expect(await next.loadOutbox()).toMatchObject({ outgoing: [{ conversationId: 'room' }], unreadable: 1 });
    await next.writeOutbox([{ type: 'drop', clientId: 'a' }]);
    expect(await next.loadOutbox()).toEqual({ outgoing: [], unreadable: 1 });
  });

  test('is read although a newer program has raised the version of the database', async () => {
    await storage.writeOutbox([put('a')]);
    storage.close();
    const db = await openDB(`confab:${userId}`, 7);
    db.close();
    expect(await texts(new IndexedStorage(userId))).toEqual(['a']);
  });
});

describe('drafts', () => {
  test('are kept by conversation until they are empty, and are nobody else’s', async () => {
    await storage.writeDrafts([
      { conversationId: 'room', text: 'one' },
      { conversationId: 'other', text: 'two' },
    ]);
    await storage.writeDrafts([
      { conversationId: 'room', text: 'one more' },
      { conversationId: 'other', text: '' },
    ]);
    await storage.clearCache();
    storage.close();
    const next = new IndexedStorage(userId);
    expect(await next.loadDrafts()).toEqual([{ conversationId: 'room', text: 'one more' }]);
    expect(await new IndexedStorage('somebody else').loadDrafts()).toEqual([]);
    await next.erase();
    expect(await new IndexedStorage(userId).loadDrafts()).toEqual([]);
  });

  test('have a place in a database that was made before there were any', async () => {
    const older = await openDB(`confab:${userId}`, 1, {
      upgrade(db) {
        const outbox = db.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
        outbox.createIndex('clientId', 'clientId', { unique: true });
        db.createObjectStore('conversations', { keyPath: 'conversation.id' });
        db.createObjectStore('ranges', { keyPath: 'conversationId' }).createIndex('openedAt', 'openedAt');
        db.createObjectStore('cache');
      },
    });
    await older.add('outbox', { version: 1, ...put('a'), clientId: 'a' });
    older.close();
    expect(await texts(storage)).toEqual(['a']);
    await storage.writeDrafts([{ conversationId: 'room', text: 'one' }]);
    expect(await storage.loadDrafts()).toEqual([{ conversationId: 'room', text: 'one' }]);
  });
});

describe('the cache', () => {
  test('gives back what was written, and forgets what was removed', async () => {
    const changes = cache({ conversations: [kept('room', 2), kept('gone', 3)], ranges: [range('room', 2)] });
    await storage.writeCache(changes);
    await storage.writeCache(cache({ removed: ['gone'] }));
    const next = new IndexedStorage(userId);
    expect(await next.loadList()).toEqual({ epoch: 'epoch', conversations: [kept('room', 2)] });
    expect(await next.loadRange('room')).toEqual(range('room', 2));
    expect(await next.loadRange('gone')).toBeNull();
  });

  test('keeps the range that reaches further, whichever tab writes last', async () => {
    const tab = new IndexedStorage(userId);
    await Promise.all([
      tab.writeCache(cache({ ranges: [range('room', 9)] })),
      storage.writeCache(cache({ ranges: [range('room', 5)] })),
    ]);
    expect((await storage.loadRange('room'))?.range.cursor).toBe(9);
  });

  test('from before there were preferences is emptied: no row without them comes up', async () => {
    const { preferences: _, ...older } = conversation('room', 2);
    await storage.writeCache(
      cache({ conversations: [{ ...kept('room', 2), conversation: older as never }] }),
    );
    storage.close();
    const db = await openDB(`confab:${userId}`);
    await db.put('cache', { version: 1, epoch: 'epoch' }, 'cache');
    db.close();
    expect(await new IndexedStorage(userId).loadList()).toBeNull();
  });

  test('of another epoch is emptied first', async () => {
    await storage.writeCache(cache({ conversations: [kept('room', 2)], ranges: [range('other', 9)] }));
    await storage.writeCache(cache({ epoch: 'restored', ranges: [range('room', 1, { epoch: 'restored' })] }));
    expect(await storage.loadList()).toEqual({ epoch: 'restored', conversations: [] });
    expect(await storage.loadRange('other')).toBeNull();
  });

  test('holds a bounded number of ranges: those opened last', async () => {
    const many = Array.from({ length: keptRangesMax + 5 }, (_, index) => {
      return range(`room-${String(index)}`, 1, { openedAt: (index * 7) % 60 });
    });
    await storage.writeCache(cache({ ranges: many }));
    const found = await Promise.all(many.map((one) => storage.loadRange(one.conversationId)));
    const opened = found.flatMap((one) => one?.openedAt ?? []).sort((a, b) => a - b);
    const all = many.map(({ openedAt }) => openedAt).sort((a, b) => a - b);
    expect(opened).toEqual(all.slice(5));
  });
});

test('erasing deletes everything, waits for no other tab, and nothing brings it back', async () => {
  const tab = new IndexedStorage(userId);
  await storage.writeOutbox([put('a')]);
  expect(await texts(tab)).toEqual(['a']);
  await storage.erase();
  await expect(tab.writeOutbox([put('b')])).rejects.toThrow();
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(`confab:${userId}`);
});

test('what is unsent when the page goes is shown and sent by the next page, before what is written there', async () => {
  const first = new Desk({}, { storage });
  await first.connect(conversation('room', 2));
  const clientId = first.sync.send('room', 'kept');
  await vi.waitFor(() => {
    expect(first.underWay).toContain('send');
  }, 30_000);
  await first.clock.advance(1_000);
  await vi.waitFor(async () => {
    expect(await new IndexedStorage(userId).loadList()).not.toBeNull();
  }, 30_000);
  // Nothing of the first page is stopped: it is gone, as after a crash.
  const second = new Desk({}, { storage: new IndexedStorage(userId) });
  second.sync.send('room', 'later');
  await vi.waitFor(() => {
    expect(second.shown('room')).toEqual(['sending', 'sending']);
    expect(second.sync.conversations.get().rows).toHaveLength(1);
  }, 30_000);
  expect(second.keys('room')[0]).toBe(clientId);
  await second.connect(conversation('room', 2));
  await vi.waitFor(() => {
    expect(second.underWay).toContain('send');
  }, 30_000);
  const call = second.take('send');
  expect(call.input).toMatchObject({ clientId, text: 'kept' });
  await call.answer({ epoch: 'epoch', entry: message(3, 'ada', clientId) });
  await vi.waitFor(async () => {
    expect(await texts(new IndexedStorage(userId))).toEqual(['later']);
  }, 30_000);
});
