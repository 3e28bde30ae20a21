import type { Conversation, Entry, MemberChange } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { answerOf, conversation, Desk, message } from './manual-transport.ts';

const room = 'room';
let desk: Desk;

beforeEach(async () => {
  desk = new Desk();
  await desk.connect(conversation(room, 2));
});

function stamp(rev: number) {
  const createdAt = new Date(Date.UTC(2029, 0, 1) + rev * 1_000).toISOString();
  return { id: `entry-${String(rev)}`, rev, senderId: 'bob', clientId: `client-${String(rev)}`, createdAt };
}

function setting(rev: number, name: 'name' | 'topic' | 'slowModeSeconds', value: string | number): Entry {
  return { kind: 'setting', ...stamp(rev), setting: name, value };
}

function member(rev: number, change: MemberChange, userId = 'ada', until?: string): Entry {
  return { kind: 'member', ...stamp(rev), change, userId, ...(until !== undefined && { until }) };
}

function row(): Conversation | undefined {
  return desk.sync.conversation(room).get()?.conversation;
}

describe('a setting', () => {
  test('changes the row that is held, by the order of the log and not of arrival', async () => {
    await desk.entries(room, setting(4, 'name', 'later'));
    await desk.entries(room, setting(3, 'name', 'earlier'), setting(5, 'slowModeSeconds', 30));
    expect(row()).toMatchObject({ name: 'later', slowModeSeconds: 30, settingsRev: 5, topic: '' });
  });

  test('is not undone by an answer that was read before it, nor does it undo one that was read after', async () => {
    await desk.entries(room, setting(3, 'name', 'new'));
    await desk.event({ type: 'live.resync' });
    // Its head ran ahead of the log: the hint was raised, the entry was not stored yet.
    const before = { ...conversation(room, 2), headRev: 3, name: 'old' };
    const answer = { epoch: 'epoch', conversations: [before], nextCursor: null };
    await desk.take('listConversations').answer(answer);
    expect(row()).toMatchObject({ name: 'new', settingsRev: 3 });
    await desk.event({ type: 'live.resync' });
    const after = { ...before, headRev: 9, settingsRev: 9, name: 'newest' };
    await desk.take('listConversations').answer({ ...answer, conversations: [after] });
    await desk.entries(room, setting(8, 'name', 'late'));
    expect(row()).toMatchObject({ name: 'newest', settingsRev: 9 });
  });

  test('has a row of its own in the timeline', async () => {
    await desk.openTimeline(room, [message(1), message(2)]);
    await desk.entries(room, setting(3, 'topic', 'Tides'));
    expect(desk.shown(room)).toEqual([1, 2, 3]);
    expect(row()).toMatchObject({ topic: 'Tides' });
  });
});

describe('an entry about the reader’s own membership', () => {
  test('changes their role and silence at once, and asks for the row', async () => {
    const until = '2031-01-01T00:00:00.000Z';
    await desk.entries(room, member(3, 'madeModerator'), member(4, 'silenced', 'ada', until));
    expect(row()).toMatchObject({ role: 'moderator', silencedUntil: until, memberCount: 2 });
    expect(desk.underWay).toEqual(['getConversation']);
    const { epoch, conversation: answer } = answerOf(room, 4);
    const known = { ...answer, role: 'moderator' as const, silencedUntil: until, lastMessage: message(2) };
    await desk.take('getConversation').answer({ epoch, conversation: known });
    await desk.entries(room, member(5, 'unsilenced'), member(6, 'madeOwner'));
    expect(row()).toMatchObject({ role: 'owner', silencedUntil: null });
  });

  test('is only theirs: other people’s change nothing of the reader’s', async () => {
    await desk.entries(
      room,
      member(3, 'madeModerator', 'bob'),
      member(4, 'silenced', 'bob', '2031-01-01T00:00:00.000Z'),
    );
    expect(row()).toMatchObject({ role: 'member', silencedUntil: null, memberCount: 2 });
    expect(desk.underWay).toEqual([]);
  });
});

test('blocks are told to whoever asked to hear of them', async () => {
  const heard: unknown[] = [];
  const other = new Desk({}, { onBlockChanged: (change) => heard.push(change) });
  await other.connect();
  await other.event({ type: 'block.changed', userId: 'bob', blocked: true });
  expect(heard).toEqual([{ userId: 'bob', blocked: true }]);
});

test('somebody who is blocked leaves the counts, as far as they are held, and then as the server counts', async () => {
  const other: Desk = new Desk(
    {},
    {
      onBlockChanged: ({ userId, blocked }) => {
        other.sync.setBlocked(new Set(blocked ? [userId] : []));
      },
    },
  );
  const counted = { ...conversation(room, 9), readSeq: 2, unread: 5, unreadTo: 9 };
  await other.connect(counted);
  await other.entries(room, message(10, 'bob'), message(11, 'cleo'));
  const unread = () => [other.sync.conversation(room).get()?.unread, other.sync.unreadTotal.get()];
  expect(unread()).toEqual([7, 7]);
  await other.event({ type: 'block.changed', userId: 'bob', blocked: true });
  expect(unread()).toEqual([6, 6]);
  const answer = { epoch: 'epoch', conversations: [{ ...counted, headRev: 11, unread: 2, unreadTo: 11 }] };
  await other.take('listConversations').answer({ ...answer, nextCursor: null });
  expect(unread()).toEqual([2, 2]);
  await other.entries(room, message(12, 'bob'), message(13, 'cleo'));
  expect(unread()).toEqual([3, 3]);
});
