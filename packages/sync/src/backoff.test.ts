import { expect, test } from 'vitest';
import { pauseMs } from './backoff.ts';

test('pauses double up to 5 s, and at least half of each is kept', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => pauseMs(failures, 0))).toEqual([
    125, 250, 500, 1_000, 2_000, 2_500, 2_500,
  ]);
  expect(pauseMs(60, 0.999)).toBeLessThanOrEqual(5_000);
});
