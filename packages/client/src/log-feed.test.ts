import type { Entry } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { LogFeed } from './log-feed.ts';

const conversationId = 'c'.repeat(24);
const epoch = 'one';
const entry = (rev: number): Entry => ({ kind: 'void', rev });
const appended = (revs: number[], over: { epoch?: string; conversationId?: string } = {}) =>
  ({ type: 'entries.appended', epoch, conversationId, entries: revs.map(entry), ...over }) as const;

/** One whose reader has pulled everything up to rev 5. */
function readFeed(): LogFeed {
  const feed = new LogFeed(conversationId);
  feed.meet(epoch);
  feed.beginPull();
  return feed;
}

describe('what is heard of a log', () => {
  it('begins with a pull', () => {
    expect(new LogFeed(conversationId).isBehind(0)).toBe(true);
    expect(readFeed().isBehind(5)).toBe(false);
  });

  it('is taken once and in order, doubled and mixed up as it may come', () => {
    const feed = readFeed();
    for (const revs of [[7], [6], [5, 6], [8, 9]]) feed.hear(appended(revs));
    expect(feed.isBehind(5)).toBe(false);
    expect(feed.take(5).map(({ rev }) => rev)).toEqual([6, 7, 8, 9]);
    expect([feed.isBehind(9), feed.take(9)]).toEqual([false, []]);
  });

  it('is pulled where there is a hole', () => {
    const feed = readFeed();
    feed.hear(appended([7]));
    expect(feed.isBehind(5)).toBe(true);
    expect(feed.take(6).map(({ rev }) => rev)).toEqual([7]);
  });

  it('is dropped and pulled when a slow reader has too much before it', () => {
    const feed = readFeed();
    for (let rev = 6; rev <= 506; rev += 1) feed.hear(appended([rev]));
    expect([feed.isBehind(5), feed.take(5)]).toEqual([true, []]);
  });

  it.each([
    ['the connection is back', { type: 'live.ready', epoch }],
    ['the server lost events', { type: 'live.resync' }],
    ['the log is ahead', { type: 'conversation.advanced', epoch, conversationId, headRev: 9 }],
    ['access ended', { type: 'conversation.left', conversationId }],
    ['it is of another epoch', appended([6], { epoch: 'two' })],
  ] as const)('is pulled when %s', (_, event) => {
    const feed = readFeed();
    feed.hear(event);
    expect([feed.isBehind(5), feed.take(5)]).toEqual([true, []]);
  });

  it('is of one conversation', () => {
    const feed = readFeed();
    feed.hear(appended([6], { conversationId: 'd'.repeat(24) }));
    expect([feed.isBehind(5), feed.take(5)]).toEqual([false, []]);
  });

  it('ends with its epoch', () => {
    expect(() => {
      readFeed().meet('two');
    }).toThrow(expect.objectContaining({ code: 'EPOCH_CHANGED' }));
  });
});
