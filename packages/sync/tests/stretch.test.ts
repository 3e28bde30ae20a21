import { beforeEach, describe, expect, test } from 'vitest';
import { conversation, deletion, Desk, edit, message, messages, pageOf } from './manual-transport.ts';

const room = 'room';
let desk: Desk;

const stretch = () => desk.sync.stretch(room).get();
const revs = () => stretch().items.map((item) => (item.type === 'entry' ? item.entry.rev : null));
const texts = () =>
  stretch().items.map((item) =>
    item.type === 'entry' && item.entry.kind === 'message' ? item.entry.text : null,
  );
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** A room of 1,000, of which the last 50 are held and the first 300 were read. */
beforeEach(async () => {
  desk = new Desk();
  await desk.connect({ ...conversation(room, 1_000), readSeq: 300, unread: 100, unreadTo: 1_000 });
  desk.sync.stretch(room).subscribe(() => undefined);
  await desk.openTimeline(room, messages(951, 1_000));
});

async function open(): Promise<void> {
  desk.sync.openStretch(room, 300);
  const page = desk.take('page');
  expect(page.input).toEqual({ conversationId: room, before: 361, limit: 100 });
  await page.answer({ ...pageOf(messages(261, 360)), cursor: 1_000 });
}

describe('a stretch', () => {
  test('is shown around a rev, grows at both ends, and becomes a part of the timeline', async () => {
    await open();
    expect(revs()).toEqual(from(261, 360));
    expect(stretch()).toMatchObject({ status: 'ready', low: 261, hasOlder: true });
    desk.sync.loadOlder(room);
    await desk.take('page').answer({ ...pageOf(messages(211, 260)), cursor: 1_000 });
    expect(revs()).toEqual(from(211, 360));
    for (let last = 360; last < 950; last += 50) {
      const next = Math.min(950, last + 50);
      expect([stretch().status, desk.shown(room).length]).toEqual(['ready', 50]);
      desk.sync.loadNewer(room);
      const page = desk.take('page');
      expect(page.input).toEqual({ conversationId: room, before: next + 1, limit: next - last });
      await page.answer({ ...pageOf(messages(last + 1, next)), cursor: 1_000 });
    }
    expect(stretch()).toMatchObject({ status: 'closed', items: [] });
    expect(desk.shown(room)).toEqual(from(211, 1_000));
    expect(desk.underWay).toEqual([]);
  });

  test('is asked for in parts where its messages are so long that a page ends early', async () => {
    desk.sync.openStretch(room, 300);
    await desk.take('page').answer({ ...pageOf(messages(331, 360)), cursor: 1_000 });
    for (const first of [311, 281, 261]) {
      const page = desk.take('page');
      const before = first === 311 ? 331 : first === 281 ? 311 : 281;
      expect(page.input).toEqual({ conversationId: room, before, limit: before - 261 });
      await page.answer({ ...pageOf(messages(first, before - 1)), cursor: 1_000 });
    }
    expect(revs()).toEqual(from(261, 360));
    desk.sync.loadNewer(room);
    await desk.take('page').answer({ ...pageOf(messages(391, 410)), cursor: 1_000 });
    const rest = desk.take('page');
    expect(rest.input).toEqual({ conversationId: room, before: 391, limit: 30 });
    await rest.answer({ ...pageOf(messages(361, 390)), cursor: 1_000 });
    expect(revs()).toEqual(from(261, 410));
  });

  test('knows what changes it, whether it comes before or after its page', async () => {
    await open();
    await desk.entries(room, edit(1_001, 301, 'mended'), deletion(1_002, 302));
    desk.sync.loadNewer(room);
    await desk.entries(room, edit(1_003, 361, 'overtaken'));
    await desk.take('page').answer({ ...pageOf(messages(361, 410)), cursor: 1_000 });
    expect([texts()[40], texts()[41], texts()[100]]).toEqual(['mended', '', 'overtaken']);
  });

  test('is not needed where the timeline reaches, and is gone when it is closed or nobody looks', async () => {
    desk.sync.openStretch(room, 950);
    expect(desk.underWay).toEqual([]);
    await open();
    desk.sync.closeStretch(room);
    expect(stretch().status).toBe('closed');
    const leave = desk.sync.stretch('other').subscribe(() => undefined);
    await desk.connect(conversation(room, 1_000), conversation('other', 1_000));
    await desk.openTimeline('other', messages(951, 1_000));
    desk.sync.openStretch('other', 300);
    await desk.take('page').answer({ ...pageOf(messages(261, 360)), cursor: 1_000 });
    expect(desk.sync.stretch('other').get().status).toBe('ready');
    leave();
    expect(desk.sync.stretch('other').get().status).toBe('closed');
  });

  test('that did not load says so, and is asked for again', async () => {
    desk.sync.openStretch(room, 300);
    expect(stretch().status).toBe('loading');
    await desk.take('page').refuse(new Error('reset'));
    expect(stretch().status).toBe('failed');
    await open();
  });
});

test('who was away for too much goes on where they stopped reading, with one change of what is shown', async () => {
  const shown: string[] = [];
  const look = () => {
    const { items } = stretch().status === 'ready' ? stretch() : desk.sync.timeline(room).get();
    const [first, last] = [items[0], items.at(-1)];
    if (first?.type === 'entry' && last?.type === 'entry')
      shown.push(`${String(first.entry.rev)}-${String(last.entry.rev)}`);
  };
  for (const store of [desk.sync.stretch(room), desk.sync.timeline(room)]) store.subscribe(look);
  desk.sync.markRead(room, 1_000);
  await desk.cut();
  await desk.event({ type: 'live.ready', epoch: 'epoch' });
  const missed = { ...conversation(room, 6_000), readSeq: 1_000, unread: 100 };
  await desk.take('listConversations').answer({ epoch: 'epoch', conversations: [missed], nextCursor: null });
  await desk.take('page').answer(pageOf(messages(5_951, 6_000)));
  const around = desk.take('page');
  expect(around.input).toEqual({ conversationId: room, before: 1_061, limit: 100 });
  // What changes meanwhile lies above the newest page.
  await around.answer({ ...pageOf(messages(961, 1_060)), cursor: 6_000 });
  await desk.entries(room, edit(6_001, 1_010, 'mended'), message(6_002));
  expect([...new Set(shown)]).toEqual(['961-1060']);
  expect(texts()[49]).toBe('mended');
  desk.sync.closeStretch(room);
  expect(desk.shown(room).at(-1)).toBe(6_002);
});

describe('a seed', () => {
  const answer = {
    epoch: 'epoch',
    conversation: { ...conversation(room, 1_000), readSeq: 300, unread: 100 },
  };
  const page = pageOf(messages(951, 1_000));
  const around = { before: 361, page: { ...pageOf(messages(261, 360)), cursor: 1_000 } };

  test('is shown before anything was asked, and is compared like everything else', async () => {
    const seeded = new Desk({}, {}, false);
    seeded.sync.seed({ answer, page, around });
    expect(seeded.sync.conversation(room).get()).toMatchObject({ unread: 100, answered: true });
    expect(seeded.shown(room)).toEqual(from(951, 1_000));
    expect(seeded.sync.stretch(room).get()).toMatchObject({ status: 'ready', low: 261 });
    expect(seeded.underWay).toEqual([]);
    seeded.sync.start();
    seeded.sync.openTimeline(room);
    await seeded.connect(conversation(room, 1_002));
    await seeded.take('pull').answer({
      epoch: 'epoch',
      entries: [edit(1_001, 301, 'mended'), message(1_002)],
      from: 1,
      more: false,
    });
    expect(seeded.shown(room).at(-1)).toBe(1_002);
    expect(seeded.underWay).toEqual([]);
  });

  test('of two lives of the database is left alone', () => {
    const seeded = new Desk({}, {}, false);
    seeded.sync.seed({ answer, page: { ...page, epoch: 'another' }, around });
    expect(seeded.sync.conversation(room).get()).toBeNull();
  });
});
