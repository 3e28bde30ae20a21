import { reactionKey, type MessageEntry } from '@confab/contract';
import { expect, test } from 'vitest';
import { reactionsOf } from './reactions.ts';

const [ada, bob] = ['a'.repeat(24), 'b'.repeat(24)];

function entry(reactions: MessageEntry['reactions']): MessageEntry {
  return {
    kind: 'message',
    messageType: 'text',
    id: 'e'.repeat(24),
    rev: 1,
    senderId: ada,
    clientId: 'c'.repeat(32),
    createdAt: '2025-11-13T09:00:00.000Z',
    text: 'We are live!',
    reactions,
  };
}

test('reactions stand in the order of their first one, and people in the order in which they reacted', () => {
  const shown = reactionsOf(
    entry({
      [reactionKey(bob, '🌊')]: { rev: 9, on: true },
      [reactionKey(bob, '👍')]: { rev: 4, on: true },
      [reactionKey(ada, '👍')]: { rev: 7, on: true },
    }),
  );
  expect(shown).toEqual([
    { emoji: '👍', userIds: [bob, ada] },
    { emoji: '🌊', userIds: [bob] },
  ]);
});

test('a reaction that was taken back is not shown', () => {
  expect(reactionsOf(entry({ [reactionKey(bob, '👍')]: { rev: 4, on: false } }))).toEqual([]);
  expect(reactionsOf(entry(undefined))).toEqual([]);
});

test('reactions of people who are blocked are not shown, alone or among others', () => {
  const reacted = entry({
    [reactionKey(bob, '🌊')]: { rev: 9, on: true },
    [reactionKey(bob, '👍')]: { rev: 4, on: true },
    [reactionKey(ada, '👍')]: { rev: 7, on: true },
  });
  expect(reactionsOf(reacted, new Set([bob]))).toEqual([{ emoji: '👍', userIds: [ada] }]);
});
