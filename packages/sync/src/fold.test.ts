import type { ChangeEntry, MessageEntry } from '@confab/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, foldInto, joinMessages } from './fold.ts';

const base = { createdAt: '2029-01-01T00:00:00.000Z', messageId: 'm', seq: 1 };
const message: MessageEntry = {
  kind: 'message',
  messageType: 'text',
  id: 'm',
  rev: 1,
  senderId: 'bob',
  clientId: 'c',
  createdAt: base.createdAt,
  text: 'first',
};

const change = (rev: number): fc.Arbitrary<ChangeEntry> => {
  const stamp = { ...base, id: `e${String(rev)}`, clientId: `c${String(rev)}`, rev };
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constant({ ...stamp, kind: 'edit', senderId: 'bob', text: `text ${String(rev)}` }),
    },
    { weight: 1, arbitrary: fc.constant({ ...stamp, kind: 'deletion', senderId: 'bob' }) },
    {
      weight: 6,
      arbitrary: fc.record({
        ...Object.fromEntries(Object.entries(stamp).map(([key, value]) => [key, fc.constant(value)])),
        kind: fc.constant('reaction'),
        senderId: fc.constantFrom('ada', 'bob'),
        emoji: fc.constantFrom('👍', '🎉'),
        on: fc.boolean(),
      }),
    },
  ) as fc.Arbitrary<ChangeEntry>;
};

const log = fc
  .integer({ min: 1, max: 8 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => change(index + 2))));
const shuffled = log.chain((entries) => {
  return fc.tuple(
    fc.constant(entries),
    fc.shuffledSubarray([...entries, ...entries], { minLength: entries.length }),
  );
});

test('changes give the same state in any order, doubled or not, and so do two states that saw different ones', () => {
  fc.assert(
    fc.property(shuffled, fc.nat(8), ([entries, order], cut) => {
      const inOrder = entries.reduce(applyChange, message);
      const complete = [...order, ...entries.filter((entry) => !order.includes(entry))];
      expect(complete.reduce(applyChange, message)).toEqual(inOrder);
      const some = complete.slice(0, cut).reduce(applyChange, message);
      const others = complete.slice(cut).reduce(applyChange, message);
      expect(joinMessages(some, others)).toEqual(inOrder);
      expect(joinMessages(others, some)).toEqual(inOrder);
    }),
    { numRuns: 500 },
  );
});

test('an edit that was redacted, a change of another message and one folded already leave the message as it is', () => {
  const stamp = { ...base, id: 'e', clientId: 'e', senderId: 'bob', rev: 2 };
  const edited = applyChange(message, { ...stamp, kind: 'edit', text: 'second' });
  expect(edited).toMatchObject({ text: 'second', textRev: 2 });
  expect(applyChange(edited, { ...stamp, kind: 'edit', text: 'second' })).toBe(edited);
  expect(applyChange(edited, { ...stamp, kind: 'edit', text: '', rev: 3 })).toBe(edited);
  expect(applyChange(edited, { ...stamp, kind: 'deletion', messageId: 'other' })).toBe(edited);
});

test('only the changed message of a list is another object', () => {
  const held = [1, 2, 3].map((rev) => ({ ...message, rev, id: `m${String(rev)}` }));
  const stamp = { ...base, id: 'e', clientId: 'e', senderId: 'bob', rev: 9, messageId: 'm2', seq: 2 };
  const folded = foldInto(held, [{ ...stamp, kind: 'edit', text: 'second' }]);
  expect(folded.map((entry, index) => entry === held[index])).toEqual([true, false, true]);
  expect(foldInto(folded, [{ ...stamp, kind: 'edit', text: 'second' }])).toBe(folded);
});
