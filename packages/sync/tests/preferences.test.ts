import { ConfabError, type Preferences } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { conversation, Desk, message } from './manual-transport.ts';

const [a, b, c] = ['room-a', 'room-b', 'room-c'] as const;
let desk: Desk;

beforeEach(async () => {
  desk = new Desk();
  await desk.connect(conversation(a, 1), conversation(b, 2), conversation(c, 3));
});

const unset: Preferences = { pinned: false, muted: false, hiddenSeq: null, version: 0 };

function changed(conversationId: string, preferences: Partial<Preferences>) {
  return { type: 'preferences.changed' as const, conversationId, preferences: { ...unset, ...preferences } };
}

function listed(): string[] {
  return desk.sync.conversations.get().rows.map(({ conversation: { id } }) => id);
}

function preferencesOf(conversationId: string) {
  return desk.sync.conversation(conversationId).get()?.conversation.preferences;
}

/** Sets, and tells later how it ended. */
function set(conversationId: string, change: Parameters<Desk['sync']['setPreferences']>[1]) {
  const outcome = { value: 'pending' };
  desk.sync.setPreferences(conversationId, change).then(
    () => (outcome.value = 'stored'),
    (error: unknown) => (outcome.value = error instanceof ConfabError ? error.code : 'unknown'),
  );
  return outcome;
}

describe('pinned conversations', () => {
  test('stand first, each part by latest activity', async () => {
    expect(listed()).toEqual([c, b, a]);
    await desk.event(changed(a, { pinned: true, version: 1 }));
    expect(listed()).toEqual([a, c, b]);
    await desk.event(changed(b, { pinned: true, version: 1 }));
    expect(listed()).toEqual([b, a, c]);
  });
});

describe('a hidden conversation', () => {
  test('is out of the list, and not lost, until a message above', async () => {
    await desk.event(changed(b, { hiddenSeq: 2, version: 1 }));
    expect(listed()).toEqual([c, a]);
    expect(desk.sync.conversation(b).get()).not.toBeNull();
    await desk.entries(b, message(3));
    expect(listed()).toEqual([b, c, a]);
  });

  test('comes back with a message of one’s own, from when it is written', async () => {
    await desk.event(changed(a, { hiddenSeq: 1, version: 1 }));
    expect(listed()).toEqual([c, b]);
    await desk.send(a, 'hello');
    expect(listed()).toContain(a);
  });
});

describe('the total of unread messages', () => {
  test('leaves out what is muted and what is hidden', async () => {
    for (const id of [a, b, c]) await desk.entries(id, message(9));
    expect(desk.sync.unreadTotal.get()).toBe(3);
    await desk.event(changed(a, { muted: true, version: 1 }));
    expect(desk.sync.unreadTotal.get()).toBe(2);
    await desk.event(changed(b, { hiddenSeq: 9, version: 1 }));
    expect(desk.sync.unreadTotal.get()).toBe(1);
    await desk.event(changed(a, { version: 2 }));
    expect(desk.sync.unreadTotal.get()).toBe(2);
  });
});

describe('what is heard of preferences', () => {
  test('counts by its version, whether by event or answer, in whatever order', async () => {
    await desk.event(changed(a, { pinned: true, version: 3 }));
    await desk.event(changed(a, { muted: true, version: 2 }));
    expect(preferencesOf(a)).toMatchObject({ pinned: true, muted: false });
    await desk.event({ type: 'live.resync' });
    const stale = { ...conversation(a, 1), preferences: { ...unset, muted: true, version: 2 } };
    const fresh = { ...conversation(b, 2), preferences: { ...unset, muted: true, version: 5 } };
    const conversations = [stale, fresh, conversation(c, 3)];
    await desk.take('listConversations').answer({ epoch: 'epoch', conversations, nextCursor: null });
    expect(preferencesOf(a)).toMatchObject({ pinned: true, version: 3 });
    expect(preferencesOf(b)).toMatchObject({ muted: true, version: 5 });
  });

  test('counts in an answer whose entries were overtaken', async () => {
    await desk.entries(a, message(2), message(3));
    await desk.event({ type: 'live.resync' });
    const overtaken = { ...conversation(a, 1), preferences: { ...unset, pinned: true, version: 1 } };
    const conversations = [overtaken, conversation(b, 2), conversation(c, 3)];
    await desk.take('listConversations').answer({ epoch: 'epoch', conversations, nextCursor: null });
    expect(preferencesOf(a)).toMatchObject({ pinned: true });
    expect(desk.sync.conversation(a).get()?.conversation.lastMessage?.rev).toBe(3);
  });
});

describe('setting preferences', () => {
  test('shows at once, and is settled by the answer', async () => {
    const outcome = set(a, { pinned: true });
    expect(listed()).toEqual([a, c, b]);
    expect(outcome.value).toBe('pending');
    const call = desk.take('setPreferences');
    expect(call.input).toEqual({ conversationId: a, pinned: true });
    await call.answer({ ...unset, pinned: true, version: 1 });
    expect([outcome.value, listed()]).toEqual(['stored', [a, c, b]]);
    expect(preferencesOf(a)).toMatchObject({ version: 1 });
  });

  test('hides up to the last message, and up to where the server says once it has answered', async () => {
    const outcome = set(b, { hidden: true });
    expect(listed()).toEqual([c, a]);
    await desk.take('setPreferences').answer({ ...unset, hiddenSeq: 4, version: 1 });
    await desk.entries(b, message(3), message(4));
    expect([outcome.value, listed()]).toEqual(['stored', [c, a]]);
    await desk.entries(b, message(5));
    expect(listed()).toContain(b);
  });

  test('refused is taken back, and told', async () => {
    await desk.event(changed(a, { muted: true, version: 1 }));
    const outcome = set(a, { pinned: true, muted: false });
    expect(preferencesOf(a)).toMatchObject({ pinned: true, muted: false });
    await desk.take('setPreferences').refuse(new ConfabError('NOT_FOUND'));
    expect([outcome.value, listed()]).toEqual(['NOT_FOUND', [c, b, a]]);
    expect(preferencesOf(a)).toMatchObject({ pinned: false, muted: true });
  });

  test('is told one request at a time, what was wanted meanwhile as one', async () => {
    const outcomes = [set(a, { pinned: true }), set(a, { pinned: false }), set(a, { muted: true })];
    expect(desk.underWay).toEqual(['setPreferences']);
    // What another device did meanwhile does not show through what is wanted here.
    await desk.event(changed(a, { pinned: true, version: 7 }));
    expect(preferencesOf(a)).toMatchObject({ pinned: false, muted: true });
    await desk.take('setPreferences').answer({ ...unset, pinned: true, version: 8 });
    const second = desk.take('setPreferences');
    expect(second.input).toEqual({ conversationId: a, pinned: false, muted: true });
    await second.answer({ ...unset, muted: true, version: 9 });
    expect(outcomes.map(({ value }) => value)).toEqual(['stored', 'stored', 'stored']);
    expect([desk.underWay, preferencesOf(a)]).toEqual([[], { ...unset, muted: true, version: 9 }]);
  });

  test('is tried again when it is unknown whether it was stored, and after a cut', async () => {
    const outcome = set(a, { pinned: true });
    await desk.take('setPreferences').refuse(new Error('reset'));
    expect(listed()).toEqual([a, c, b]);
    await desk.clock.advance(5_000);
    const lost = desk.take('setPreferences');
    await desk.cut();
    await desk.connect(conversation(a, 1), conversation(b, 2), conversation(c, 3));
    expect(listed()).toEqual([a, c, b]);
    await lost.refuse(new ConfabError('NOT_FOUND'));
    expect(outcome.value).toBe('pending');
    await desk.take('setPreferences').answer({ ...unset, pinned: true, version: 1 });
    expect(outcome.value).toBe('stored');
  });

  test('ends with the page', async () => {
    const outcome = set(a, { pinned: true });
    desk.sync.stop();
    await desk.settled();
    expect([outcome.value, desk.clock.pending]).toEqual(['UNAVAILABLE', 0]);
  });
});
