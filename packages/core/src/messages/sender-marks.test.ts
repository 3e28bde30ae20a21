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
  const written: [string, number][] = [];
  const raiseWatermarks = (userId: string, _: string, { readSeq }: { readSeq: number }) => {
    written.push([userId, readSeq]);
    return Promise.resolve(null);
  };
  const db = { memberships: { raiseWatermarks } } as unknown as Database;
  const background = {
    run: (_: string, work: () => Promise<void>) => void work(),
    settled: () => Promise.resolve(),
  };
  return { written, marks: createSenderMarks({ db, background }) };
}

describe('the marks of a sender', () => {
  it('rise with the first message at once, and with a burst once a second, to its end', () => {
    const { written, marks } = recorder();
    for (const rev of [1, 2, 3, 5, 4]) marks.raise('c', 'ada', rev);
    expect(written).toEqual([['ada', 1]]);
    vi.advanceTimersByTime(1_000);
    expect(written).toEqual([
      ['ada', 1],
      ['ada', 5],
    ]);
    vi.advanceTimersByTime(5_000);
    expect(written).toHaveLength(2);
    marks.raise('c', 'ada', 6);
    expect(written.at(-1)).toEqual(['ada', 6]);
  });

  it('rise for each member and conversation by itself', () => {
    const { written, marks } = recorder();
    marks.raise('c', 'ada', 1);
    marks.raise('c', 'bob', 2);
    marks.raise('d', 'ada', 3);
    expect(written).toEqual([
      ['ada', 1],
      ['bob', 2],
      ['ada', 3],
    ]);
    expect(vi.getTimerCount()).toBe(3);
    vi.advanceTimersByTime(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
