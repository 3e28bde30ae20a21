import { ConfabError } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { inPortions } from './portions.ts';

/** A limit of so many points that never come back, and what it was asked. */
function aLimit(points: number, portion: number) {
  let left = points;
  let now = 0;
  const asked: number[] = [];
  const limit = inPortions(
    {
      consume(_key, count = 1) {
        asked.push(count);
        if (count > left) return Promise.reject(new ConfabError('RATE_LIMITED', { retryAfterMs: 500 }));
        left -= count;
        return Promise.resolve();
      },
      refund(_key, count = 1) {
        asked.push(-count);
        left += count;
        return Promise.resolve();
      },
      peek: () => Promise.resolve(),
    },
    { portion, clock: () => now },
  );
  return { limit, asked, left: () => left, pass: (ms: number) => (now += ms) };
}

const waitOf = (call: Promise<void>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof ConfabError ? error.details.retryAfterMs : error),
  );

describe('a limit in portions', () => {
  it('asks once for each portion, however many spend it at once', async () => {
    const { limit, asked } = aLimit(10_000, 100);
    await Promise.all(Array.from({ length: 250 }, () => limit.consume('ada')));
    expect(asked).toEqual([100, 100, 100]);
  });

  it('grants what costs more than a portion', async () => {
    const { limit, asked, left } = aLimit(1_000, 100);
    await limit.consume('ada', 30);
    await limit.consume('ada', 250);
    expect(asked).toEqual([100, 180]);
    await limit.consume('bob', 5);
    expect(left()).toBe(620);
  });

  it('grants no more than there is, and never less than a portion short of it', async () => {
    const { limit } = aLimit(1_000, 100);
    const waits = await Promise.all(Array.from({ length: 1_500 }, () => waitOf(limit.consume('ada'))));
    expect(waits.filter((wait) => wait === null)).toHaveLength(1_000);
    expect(new Set(waits)).toEqual(new Set([null, 500]));
  });

  it('asks nothing for a refused key until its wait is over, and tells how much of it is left', async () => {
    const { limit, asked, pass } = aLimit(100, 100);
    await limit.consume('ada', 100);
    expect(await waitOf(limit.consume('ada'))).toBe(500);
    pass(200);
    for (let i = 0; i < 1_000; i++) expect(await waitOf(limit.consume('ada'))).toBe(300);
    expect(asked).toEqual([100, 100]);
    pass(300);
    expect(await waitOf(limit.consume('ada'))).toBe(500);
    expect(asked).toHaveLength(3);
  });

  it('spends again what is given back, and hands a whole portion of it on to others', async () => {
    const { limit, asked, left } = aLimit(1_000, 100);
    await limit.consume('ada');
    for (let i = 0; i < 101; i++) await limit.refund('ada');
    expect(asked).toEqual([100, -100]);
    await limit.consume('ada', 100);
    expect(asked).toEqual([100, -100]);
    expect(left()).toBe(1_000);
  });
});
