import { limits, type MessageEntry } from '@confab/contract';
import { expect, test } from 'vitest';
import { needsCount, unreadOf, withCount, withNews, withRead, type HeldUnread } from './held-unread.ts';
import type { Range } from './range.ts';

const createdAt = '2029-01-01T00:00:00.000Z';
const ada = { userId: 'ada', blocked: new Set<string>() };
const nowhere = { range: null, reader: ada };

function message(rev: number, senderId = 'bob'): MessageEntry {
  const id = `e${String(rev)}`;
  return { kind: 'message', messageType: 'text', text: 'hi', id, clientId: id, rev, senderId, createdAt };
}

function deletion(rev: number, seq: number) {
  const id = `e${String(rev)}`;
  const messageId = `e${String(seq)}`;
  return { kind: 'deletion', id, clientId: id, rev, senderId: 'bob', createdAt, messageId, seq } as const;
}

function counted(unread: number, unreadTo: number, readSeq: number, headRev = unreadTo): HeldUnread {
  return withCount(undefined, { headRev, unread, unreadTo, readSeq });
}

function rangeOf(...entries: MessageEntry[]): Range {
  return { from: 1, low: entries[0]?.rev ?? 1, cursor: entries.at(-1)?.rev ?? 0, entries };
}

test('messages of others above the count are added once, also when the count comes after them', () => {
  const held = withNews(counted(2, 5, 3), [message(6), message(7, 'ada'), message(6)], ada);
  expect(unreadOf(held, nowhere)).toBe(0);
  const others = withNews(counted(2, 5, 3), [message(6), message(8), message(6)], ada);
  expect(unreadOf(others, nowhere)).toBe(4);
  const recounted = withCount(others, { headRev: 6, unread: 3, unreadTo: 6, readSeq: 3 });
  expect(unreadOf(recounted, nowhere)).toBe(4);
});

test('messages of somebody blocked are in no count, whenever it is known that they are', () => {
  const withBob = { userId: 'ada', blocked: new Set(['bob']) };
  const heard = withNews(counted(2, 5, 3), [message(6), message(7, 'cleo')], ada);
  expect(unreadOf(heard, nowhere)).toBe(4);
  expect(unreadOf(heard, { range: null, reader: withBob })).toBe(3);
  const known = withNews(counted(2, 5, 3), [message(6), message(7, 'cleo')], withBob);
  expect(unreadOf(known, { range: null, reader: withBob })).toBe(3);
  const range = rangeOf(message(4), message(5, 'cleo'), message(6), message(7, 'cleo'));
  expect(unreadOf(known, { range, reader: withBob })).toBe(2);
});

test('a later count that ends sooner, since it is full, replaces one from before', () => {
  const held = counted(80, 180, 3);
  const full = { headRev: 180, unread: limits.unreadMax, unreadTo: 103, readSeq: 3 };
  expect(unreadOf(withCount(held, full), nowhere)).toBe(limits.unreadMax);
  const partial = { ...full, unread: 60 };
  expect(withCount(held, partial)).toBe(held);
});

test('what was read stays read, whatever older count comes', () => {
  const held = withRead(counted(2, 5, 3), 5, false);
  expect(unreadOf(held, nowhere)).toBe(0);
  const again = withCount(held, { headRev: 5, unread: 2, unreadTo: 5, readSeq: 3 });
  expect([unreadOf(again, nowhere), again.readSeq]).toEqual([0, 5]);
});

test('a count that was overtaken changes nothing', () => {
  const held = counted(0, 9, 9);
  expect(withCount(held, { headRev: 7, unread: 4, unreadTo: 7, readSeq: 3 })).toBe(held);
});

test('a deletion of a counted message asks for another count, once; of news it needs none', () => {
  const held = counted(2, 5, 3);
  const doubtful = withNews(held, [deletion(6, 4)], ada);
  expect(needsCount(held, doubtful, nowhere)).toBe(true);
  expect(needsCount(doubtful, withNews(doubtful, [deletion(6, 4)], ada), nowhere)).toBe(false);
  const news = withNews(held, [message(7), deletion(8, 7)], ada);
  expect([needsCount(held, news, nowhere), unreadOf(news, nowhere)]).toEqual([false, 2]);
  const reordered = withNews(held, [deletion(8, 7), message(7)], ada);
  expect(unreadOf(reordered, nowhere)).toBe(2);
});

test('reading a part of what was counted elsewhere asks for another count', () => {
  const held = counted(9, 12, 3);
  expect(needsCount(held, withRead(held, 7, true), nowhere)).toBe(true);
  expect(needsCount(held, withRead(held, 7, false), nowhere)).toBe(false);
  expect(needsCount(held, withRead(held, 12, true), nowhere)).toBe(false);
});

test('entries that reach from what was read to what was counted give the number themselves', () => {
  const range = rangeOf(
    message(4),
    message(5),
    message(6, 'ada'),
    { ...message(7), deletedRev: 8 },
    message(8),
  );
  const held = withRead(counted(9, 8, 3), 4, true);
  expect(unreadOf(held, { range, reader: ada })).toBe(2);
  expect(unreadOf(counted(9, 9, 3), { range, reader: ada })).toBe(9);
  expect(unreadOf(counted(9, 8, 1), { range, reader: ada })).toBe(9);
});

test('the number ends at the limit', () => {
  const many = Array.from({ length: 300 }, (_, index) => message(index + 1));
  expect(unreadOf(withNews(counted(0, 0, 0), many, ada), nowhere)).toBe(limits.unreadMax);
  expect(unreadOf(counted(0, 0, 0), { range: rangeOf(...many), reader: ada })).toBe(limits.unreadMax);
});
