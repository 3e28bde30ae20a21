import type { ConversationRow } from '@confab/sync';
import { describe, expect, it } from 'vitest';
import { ListOrder } from './list-order.ts';

/** A row as far as its place goes. */
function row(id: string, { unread = 0, pinned = false, muted = false } = {}): ConversationRow {
  return { unread, conversation: { id, preferences: { pinned, muted } } } as ConversationRow;
}

const placed = (order: ListOrder, rows: readonly ConversationRow[], openId: string | null = null) =>
  order
    .sections(rows, openId)
    .map(({ kind, rows: part }) => [kind, ...part.map(({ conversation }) => conversation.id)].join(' '));

describe('ListOrder', () => {
  it('has no parts where nothing is pinned or unread', () => {
    const rows = [row('a'), row('b', { unread: 3, muted: true })];
    expect(new ListOrder().sections(rows, null)).toEqual([{ kind: null, rows }]);
  });

  it('puts pinned ones first, then what asks to be read, each in the given order', () => {
    const rows = [
      row('a', { pinned: true, unread: 1 }),
      row('b'),
      row('c', { unread: 1 }),
      row('d', { unread: 1, muted: true }),
      row('e', { unread: 2 }),
    ];
    expect(placed(new ListOrder(), rows)).toEqual(['pinned a', 'unread c e', 'earlier b d']);
  });

  it('leaves the open one where it was opened from, read or written to meanwhile', () => {
    const order = new ListOrder();
    const before = [row('a', { unread: 1 }), row('b'), row('c', { unread: 1 })];
    expect(placed(order, before, 'a')).toEqual(['unread a c', 'earlier b']);
    const read = [row('a'), row('b'), row('c', { unread: 1 })];
    expect(placed(order, read, 'a')).toEqual(['unread a c', 'earlier b']);
    expect(placed(order, read, 'b')).toEqual(['unread c', 'earlier a b']);
    const written = [row('b', { unread: 1 }), row('a'), row('c', { unread: 1 })];
    expect(placed(order, written, 'b')).toEqual(['unread c', 'earlier b a']);
    expect(placed(order, written, null)).toEqual(['unread b c', 'earlier a']);
  });

  it('decides for the open one when it is first known', () => {
    const order = new ListOrder();
    expect(placed(order, [], 'a')).toEqual(['']);
    expect(placed(order, [row('a', { unread: 1 })], 'a')).toEqual(['unread a']);
    expect(placed(order, [row('a')], 'a')).toEqual(['unread a']);
  });
});
