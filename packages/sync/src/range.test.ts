import type { Entry } from '@confab/contract';
import { describe, expect, test } from 'vitest';
import { append, applyPull, prependPage, rangeOfPage, trimOldest, type Range } from './range.ts';

function entries(...revs: number[]): Entry[] {
  const rest = {
    senderId: 'bob',
    createdAt: '2029-01-01T00:00:00.000Z',
    messageType: 'text',
    text: 'hi',
  } as const;
  return revs.map((rev) => ({
    kind: 'message',
    id: `e${String(rev)}`,
    clientId: `c${String(rev)}`,
    rev,
    ...rest,
  }));
}

const voidAt = (rev: number): Entry => ({ kind: 'void', rev });

function shape({ from, low, cursor, entries: held }: Range) {
  return { from, low, cursor, revs: held.map((entry) => entry.rev) };
}

const held = rangeOfPage({ epoch: 'e', entries: entries(4, 5, 6), cursor: 6, from: 1 });

describe('a range', () => {
  test('of a page begins at its first rev, seen or not; of an empty one it is empty', () => {
    const page = { epoch: 'e', entries: [voidAt(4), ...entries(5)], cursor: 5, from: 2 };
    expect(shape(rangeOfPage(page))).toEqual({ from: 2, low: 4, cursor: 5, revs: [5] });
    const empty = rangeOfPage({ epoch: 'e', entries: [], cursor: 0, from: 1 });
    expect(shape(empty)).toEqual({ from: 1, low: 1, cursor: 0, revs: [] });
    expect(shape(append(empty, entries(1)).range)).toEqual({ from: 1, low: 1, cursor: 1, revs: [1] });
  });

  test('grows by what adjoins, drops duplicates, stops at a gap', () => {
    const grown = append(held, [...entries(5, 6, 7), voidAt(8), ...entries(9, 11, 12)]);
    expect(shape(grown.range)).toEqual({ from: 1, low: 4, cursor: 9, revs: [4, 5, 6, 7, 9] });
    expect(grown.gap).toBe(true);
    expect(append(held, entries(4, 6))).toEqual({ range: held, gap: false });
  });

  test('takes a pull as the log: a missing rev is passed over', () => {
    const pull = { epoch: 'e', entries: entries(6, 7, 9), from: 1, more: false };
    expect(shape(applyPull(held, pull))).toEqual({ from: 1, low: 4, cursor: 9, revs: [4, 5, 6, 7, 9] });
  });

  test('drops what lies below `from`, and jumps there when that is everything', () => {
    const inside = { epoch: 'e', entries: entries(7), from: 5, more: false };
    expect(shape(applyPull(held, inside))).toEqual({ from: 5, low: 5, cursor: 7, revs: [5, 6, 7] });
    const above = { epoch: 'e', entries: entries(20, 21), from: 20, more: false };
    expect(shape(applyPull(held, above))).toEqual({ from: 20, low: 20, cursor: 21, revs: [20, 21] });
  });

  test('takes an older page only while it adjoins', () => {
    const page = { epoch: 'e', entries: entries(2, 3), cursor: 9, from: 1 };
    expect(shape(prependPage(held, { before: 4, page, passed: [] }))).toEqual({
      from: 1,
      low: 2,
      cursor: 6,
      revs: [2, 3, 4, 5, 6],
    });
    expect(prependPage(held, { before: 3, page, passed: [] })).toBe(held);
  });

  test('that is trimmed begins at the first entry kept', () => {
    expect(shape(trimOldest(held, 2))).toEqual({ from: 1, low: 5, cursor: 6, revs: [5, 6] });
    expect(trimOldest(held, 3)).toBe(held);
  });
});
