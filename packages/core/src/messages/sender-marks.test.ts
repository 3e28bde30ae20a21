import type { Database } from '@confab/db';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSenderMarks } from './sender-marks.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function recorder() {
  const commands: [string, string, number][][] = [];
  const raiseReadMarks: Database['memberships']['raiseReadMarks'] = (marks) => {
    commands.push(marks.map(({ conversationId, userId, rev }) => [conversationId, userId, rev]));
    return Promise.resolve();
  };
  const db = { memberships: { raiseReadMarks } } as unknown as Database;
  const background = {
    run: (_: string, work: () => Promise<void>) => void work(),
    settled: () => Promise.resolve(),
  };
  return { commands, marks: createSenderMarks({ db, background }) };
}

describe('the marks of senders', () => {
  it('are written in one command a second, each at its highest', () => {
    const { commands, marks } = recorder();
    for (const rev of [1, 2, 3, 5, 4]) marks.raise('c', 'ada', rev);
    marks.raise('c', 'bob', 6);
    marks.raise('d', 'ada', 3);
    expect(commands).toEqual([]);
    vi.advanceTimersByTime(1_000);
    const first = [
      ['c', 'ada', 5],
      ['c', 'bob', 6],
      ['d', 'ada', 3],
    ];
    expect(commands).toEqual([first]);
    marks.raise('c', 'ada', 7);
    vi.advanceTimersByTime(1_000);
    expect(commands).toEqual([first, [['c', 'ada', 7]]]);
    vi.advanceTimersByTime(5_000);
    expect(commands).toHaveLength(2);
  });

  it('are written at once on a flush, and not again after it', () => {
    const { commands, marks } = recorder();
    marks.raise('c', 'ada', 1);
    marks.flush();
    marks.flush();
    vi.advanceTimersByTime(1_000);
    expect(commands).toEqual([[['c', 'ada', 1]]]);
  });
});
