import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryStorage } from '../src/storage/memory-storage.ts';
import type { KeptDraft } from '../src/storage/sync-storage.ts';
import type { SyncOptions } from '../src/sync-options.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeBrowser } from './fake-tabs.ts';
import { Desk } from './manual-transport.ts';

const room = 'room';
let clock: FakeClock;
let browser: FakeBrowser;

/** A page, and what it was told of drafts. */
function open(options: Partial<SyncOptions> = {}) {
  const tab = Symbol('tab');
  const heard: KeptDraft[] = [];
  const desk = new Desk(
    {},
    {
      clock,
      storage: browser.storage(tab),
      openChannel: () => browser.openChannel(tab),
      onDraft: (draft) => heard.push(draft),
      ...options,
    },
  );
  return {
    sync: desk.sync,
    heard,
    die: () => {
      browser.kill(tab);
    },
  };
}

const draft = (text: string, conversationId = room): KeptDraft => ({ conversationId, text });

beforeEach(() => {
  clock = new FakeClock();
  browser = new FakeBrowser(clock, () => 5);
});

describe('a draft', () => {
  test('outlives its page, one for each conversation, in the form it had last', async () => {
    const page = open();
    await clock.advance(100);
    for (const text of ['h', 'he', 'hello']) page.sync.keepDraft(room, text);
    page.sync.keepDraft('other', 'elsewhere');
    page.sync.keepDraft('third', 'sent');
    page.sync.keepDraft('third', '');
    await clock.advance(1_000);
    page.die();
    const next = open();
    await clock.advance(100);
    expect(next.heard).toEqual([draft('hello'), draft('elsewhere', 'other')]);
  });

  test('control: does not, where nothing is kept', async () => {
    const page = open({ storage: new MemoryStorage() });
    page.sync.keepDraft(room, 'hello');
    await clock.advance(1_000);
    const next = open({ storage: new MemoryStorage() });
    await clock.advance(100);
    expect(next.heard).toEqual([]);
  });

  test('is written once for a burst of keys, at once when the page is left, and at once when it is sent', async () => {
    const writes: (readonly KeptDraft[])[] = [];
    const storage = new MemoryStorage();
    const write = storage.writeDrafts.bind(storage);
    storage.writeDrafts = (drafts) => {
      writes.push(drafts);
      return write(drafts);
    };
    const { sync } = open({ storage });
    await clock.advance(100);
    for (let length = 1; length <= 100; length += 1) {
      sync.keepDraft(room, 'x'.repeat(length));
      await clock.advance(4);
    }
    expect(writes).toEqual([]);
    await clock.advance(200);
    expect(writes).toEqual([[draft('x'.repeat(100))]]);
    sync.keepDraft(room, 'leaving');
    sync.hurry();
    expect(writes.at(-1)).toEqual([draft('leaving')]);
    sync.keepDraft(room, '');
    expect(writes.at(-1)).toEqual([draft('')]);
    expect(writes).toHaveLength(3);
  });

  test('goes on behind what an earlier page left, when somebody writes before the device has answered', async () => {
    const page = open();
    page.sync.keepDraft(room, 'Good ');
    await clock.advance(1_000);
    page.die();
    const next = open();
    next.sync.keepDraft(room, 'morning');
    next.sync.hurry();
    await clock.advance(1_000);
    expect(next.heard).toEqual([draft('Good morning')]);
    next.die();
    const last = open();
    await clock.advance(100);
    expect(last.heard).toEqual([draft('Good morning')]);
  });

  test('is heard by the other tabs, and so is that it was sent; what is written there and not kept yet is later', async () => {
    const [page, tab] = [open(), open()];
    await clock.advance(100);
    page.sync.keepDraft(room, 'hello');
    await clock.advance(1_000);
    expect(tab.heard).toEqual([draft('hello')]);
    page.sync.keepDraft(room, '');
    await clock.advance(10);
    expect(tab.heard).toEqual([draft('hello'), draft('')]);
    tab.sync.keepDraft(room, 'mine');
    page.sync.keepDraft(room, '');
    await clock.advance(10);
    expect(tab.heard).toHaveLength(2);
    await clock.advance(1_000);
    expect(page.heard).toEqual([draft('mine')]);
  });
});

describe('the drafts of somebody', () => {
  test('stay when their session expires, and go with everything else when it is ended', async () => {
    const page = open();
    await clock.advance(100);
    page.sync.keepDraft(room, 'hello');
    const kept = page.sync.keepUnsent();
    await clock.advance(100);
    await kept;
    const back = open();
    await clock.advance(100);
    expect(back.heard).toEqual([draft('hello')]);
    back.sync.keepDraft(room, 'hello again');
    const erased = back.sync.erase();
    await clock.advance(1_000);
    await erased;
    const stranger = open();
    await clock.advance(100);
    expect(stranger.heard).toEqual([]);
  });

  test('take the room of what can be loaded again; without room even then, that is said', async () => {
    const page = open();
    await clock.advance(100);
    browser.full = true;
    page.sync.keepDraft(room, 'hello');
    await clock.advance(1_000);
    expect(page.sync.storage.get()).toBe('full');
    browser.full = false;
    page.sync.keepDraft(room, 'hello!');
    await clock.advance(1_000);
    page.die();
    const next = open();
    await clock.advance(100);
    expect(next.heard).toEqual([draft('hello!')]);
  });
});
