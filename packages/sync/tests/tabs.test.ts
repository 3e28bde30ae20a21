import { ConfabError } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SyncOptions } from '../src/sync-options.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeBrowser } from './fake-tabs.ts';
import { conversation, Desk, edit, message, messages, pageOf } from './manual-transport.ts';

const room = 'room';
let clock: FakeClock;
let browser: FakeBrowser;
let desks: Desk[];
let erased: number;

function open(options: Partial<SyncOptions> = {}, starts = true): { desk: Desk; tab: symbol } {
  const tab = Symbol('tab');
  const parts = {
    clock,
    storage: browser.storage(tab),
    locks: browser.locks(tab),
    openChannel: () => browser.openChannel(tab),
    onErased: () => (erased += 1),
    ...options,
  };
  const desk = new Desk({}, parts, starts);
  desks.push(desk);
  return { desk, tab };
}

async function connected(desk: Desk): Promise<void> {
  await clock.advance(1);
  await desk.connect(conversation(room, 2));
  desk.sync.timeline(room).subscribe(() => undefined);
  desk.sync.openTimeline(room);
  await clock.advance(1);
  await desk.take('page').answer({ epoch: 'epoch', entries: messages(1, 2), cursor: 2, from: 1 });
}

let first: Desk;
let firstTab: symbol;
let second: Desk;

beforeEach(async () => {
  clock = new FakeClock();
  browser = new FakeBrowser(clock, () => 0);
  desks = [];
  erased = 0;
  ({ desk: first, tab: firstTab } = open());
  await connected(first);
  ({ desk: second } = open());
  await connected(second);
  await clock.advance(1_000);
});

async function send(desk: Desk, text: string): Promise<string> {
  const clientId = desk.sync.send(room, text);
  await clock.advance(10);
  return clientId;
}

describe('what one tab sends', () => {
  test('shows in the other one, is sent once, and is confirmed in both', async () => {
    const clientId = await send(first, 'one');
    expect([first.shown(room), second.shown(room)]).toEqual([
      [1, 2, 'sending'],
      [1, 2, 'sending'],
    ]);
    expect([first.underWay, second.underWay]).toEqual([['send'], []]);
    await first.take('send').answer({ epoch: 'epoch', entry: message(3, 'ada', clientId) });
    await clock.advance(10);
    expect([first.shown(room), second.shown(room)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(browser.kept.size).toBe(0);
  });

  test('is sent by that tab, whichever sent before', async () => {
    await send(first, 'one');
    await send(second, 'two');
    // The first one's message was under way: the second one sends it again, under its client id, before its own.
    expect(second.take('send').input.text).toBe('one');
    expect([first.shown(room), second.shown(room)]).toEqual([
      [1, 2, 'unconfirmed', 'sending'],
      [1, 2, 'unconfirmed', 'sending'],
    ]);
    const late = first.take('send');
    await late.answer({ epoch: 'epoch', entry: message(3, 'ada', late.input.clientId) });
    await clock.advance(10);
    expect(second.take('send').input.text).toBe('two');
    expect(first.underWay).toEqual([]);
  });

  test('is sent by the other one when it closes', async () => {
    await first.cut();
    const clientId = await send(first, 'one');
    expect(second.underWay).toEqual([]);
    browser.kill(firstTab);
    await clock.advance(10);
    expect(second.take('send').input).toMatchObject({ clientId, text: 'one' });
  });

  test('is sent by the other one when that is connected and it is not', async () => {
    await first.cut();
    await second.cut();
    await send(first, 'one');
    await second.event({ type: 'live.ready', epoch: 'epoch' });
    await clock.advance(10);
    expect(second.take('send').input.text).toBe('one');
  });

  test('fails in both, and goes from both when it is dropped', async () => {
    const clientId = await send(first, 'one');
    await first.take('send').refuse(new ConfabError('FORBIDDEN'));
    await clock.advance(10);
    expect(second.shown(room)).toEqual([1, 2, 'failed']);
    expect(second.sync.discard(room, clientId)).toBe('one');
    await clock.advance(10);
    expect(first.shown(room)).toEqual([1, 2]);
  });

  test('of changes shows in the other one too, and their refusal is told in both', async () => {
    first.sync.edit(room, 'entry-2', 'edited');
    await clock.advance(10);
    expect(second.texts(room)).toEqual(['text 1', 'edited']);
    await first.take('edit').refuse(new ConfabError('FORBIDDEN'));
    await clock.advance(10);
    expect([second.texts(room), first.refused.length, second.refused.length]).toEqual([
      ['text 1', 'text 2'],
      1,
      1,
    ]);
  });

  test('without Web Locks is sent by each for itself', async () => {
    browser = new FakeBrowser(clock, () => 0);
    const [a, b] = [1, 2].map(() => {
      const tab = Symbol('tab');
      const openChannel = () => browser.openChannel(tab);
      return new Desk({}, { clock, storage: browser.storage(tab), openChannel });
    });
    if (a === undefined || b === undefined) throw new Error('two tabs');
    for (const desk of [a, b]) await connected(desk);
    await send(a, 'one');
    await send(b, 'two');
    expect([a.take('send').input.text, b.take('send').input.text]).toEqual(['one', 'two']);
    expect(b.shown(room)).toEqual([1, 2, 'sending', 'sending']);
  });
});

test('what is read in one tab is read in the other one at once', async () => {
  await first.entries(room, message(3));
  await second.entries(room, message(3));
  expect(second.sync.conversation(room).get()?.unread).toBe(1);
  first.sync.markRead(room, 3);
  await clock.advance(1);
  expect(second.sync.conversation(room).get()).toMatchObject({ unread: 0, readSeq: 3 });
});

test('what the log already holds does not come back as outgoing', async () => {
  const clientId = await send(first, 'one');
  await second.entries(room, message(3, 'ada', clientId));
  await first.cut();
  await clock.advance(10);
  expect(second.shown(room)).toEqual([1, 2, 3]);
});

test('what a tab begins with, stored, does not vanish from the one that still sends it', async () => {
  const clientId = await send(first, 'one');
  const { desk: third } = open({}, false);
  third.sync.seed({
    answer: { epoch: 'epoch', conversation: conversation(room, 3) },
    page: pageOf([...messages(1, 2), message(3, 'ada', clientId)]),
    around: null,
  });
  const shown: unknown[] = [];
  first.sync.timeline(room).subscribe(() => shown.push(first.shown(room)));
  third.sync.start();
  await clock.advance(10);
  expect(third.shown(room)).toEqual([1, 2, 3]);
  expect(shown).toEqual([[1, 2, 3]]);
});

test('signing out in one tab stops the other one and leaves nothing', async () => {
  await first.cut();
  await second.cut();
  await send(first, 'one');
  const done = first.sync.erase();
  await clock.advance(10);
  await done;
  expect([erased, browser.kept.size]).toEqual([1, 0]);
  expect(second.sync.conversations.get().rows).toEqual([]);
  await second.entries(room, edit(3, 1, 'edited'));
  await clock.advance(60_000);
  expect([await browser.disk.loadList(), (await browser.disk.loadOutbox()).outgoing]).toEqual([null, []]);
});
