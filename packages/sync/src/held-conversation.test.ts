import type { Conversation, Entry, MemberChange } from '@confab/contract';
import { expect, test } from 'vitest';
import { withAnswer as withAnswerTo, withEntries, type HeldConversation } from './held-conversation.ts';

const base = { senderId: 'bob', createdAt: '2029-01-01T00:00:00.000Z' };

const unpreferred = { pinned: false, muted: false, hiddenSeq: null, version: 0 };

function member(rev: number, change: MemberChange): Entry {
  return {
    kind: 'member',
    change,
    userId: 'bob',
    id: `e${String(rev)}`,
    clientId: `c${String(rev)}`,
    rev,
    ...base,
  };
}

const withAnswer = (held: HeldConversation | undefined, given: Conversation) =>
  withAnswerTo(held, given, 'ada');

function message(rev: number): Entry {
  const id = `e${String(rev)}`;
  return { kind: 'message', messageType: 'text', text: 'hi', id, clientId: `c${id}`, rev, ...base };
}

function answer(headRev: number, memberCount: number, from = 1): Conversation {
  const dates = { createdAt: base.createdAt, lastActivityAt: base.createdAt };
  const fixed = { id: 'room', kind: 'room', name: 'room', topic: '', peer: null, role: 'member' } as const;
  const marks = { deliveredSeq: 0, readSeq: 0, unread: 0, unreadTo: 0 };
  const settings = { visibility: 'public', slowModeSeconds: 0, newMembersSeeHistory: true } as const;
  const own = { silencedUntil: null, preferences: unpreferred, settingsRev: 0 };
  return { ...fixed, ...dates, ...marks, ...settings, ...own, headRev, memberCount, from, lastMessage: null };
}

test('entries count once, in any order, and only above the head that the answer counted', () => {
  const held = withAnswer(undefined, answer(4, 2));
  const told = withEntries(withEntries(held, [member(6, 'joined'), member(4, 'joined')]), [
    member(5, 'left'),
    member(6, 'joined'),
    message(7),
  ]);
  expect(told.current).toMatchObject({ headRev: 7, memberCount: 2, lastMessage: { rev: 7 } });
  expect(withEntries(told, [member(5, 'left'), message(7)]).current).toBe(told.current);
});

test('an answer read before the latest events keeps what they told', () => {
  const told = withEntries(withAnswer(undefined, answer(4, 2)), [member(5, 'joined'), message(6)]);
  const later = withAnswer(told, answer(5, 3, 5));
  expect(later.current).toMatchObject({ headRev: 6, memberCount: 3, from: 5, lastMessage: { rev: 6 } });
});

test('an answer that another one overtook changes nothing; an equal one keeps the identity', () => {
  const held = withAnswer(undefined, answer(5, 3));
  expect(withAnswer(held, answer(4, 2))).toBe(held);
  expect(withAnswer(held, answer(5, 3)).current).toBe(held.current);
});

test('an answer read earlier, with the same head that ran ahead, takes no last message back', () => {
  const held = withAnswer(undefined, { ...answer(3, 2), lastMessage: message(3) });
  const overtaken = withAnswer(held, answer(3, 2));
  expect(overtaken.current.lastMessage).toMatchObject({ rev: 3 });
  expect(withAnswer(overtaken, answer(9, 2, 8)).current.lastMessage).toBeNull();
});

test('changes of the last message are folded in, and an answer that lacks them takes none back', () => {
  const base = { id: 'e5', clientId: 'e5', senderId: 'bob', createdAt: '2029-01-01T00:00:00.000Z' };
  const edit = { ...base, kind: 'edit', rev: 5, messageId: 'e4', seq: 4, text: 'edited' } as const;
  const held = withEntries(withAnswer(undefined, { ...answer(4, 2), lastMessage: message(4) }), [edit]);
  expect(held.current).toMatchObject({ headRev: 5, lastMessage: { text: 'edited', textRev: 5 } });
  const later = withAnswer(held, { ...answer(5, 2), lastMessage: message(4) });
  expect(later.current.lastMessage).toMatchObject({ text: 'edited' });
});

test('an entry below the start of access is no preview', () => {
  const held = withAnswer(undefined, answer(9, 2, 8));
  expect(withEntries(held, [message(3)])).toBe(held);
});
