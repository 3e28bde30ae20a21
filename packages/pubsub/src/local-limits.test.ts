import { describe, expect, test } from 'vitest';
import { LocalLimits } from './local-limits.ts';

const rate = { points: 5, intervalMs: 6_000 };

function limitsAt(start: number) {
  const time = { now: start };
  return { time, limits: new LocalLimits(() => time.now) };
}
function grantedOf(limits: LocalLimits, key: string, attempts: number): number {
  return Array.from({ length: attempts }, () => limits.take(key, rate, 1)).filter((waitMs) => waitMs === 0)
    .length;
}

describe('the limits of one process', () => {
  test('grant the burst, then one per interval to the millisecond', () => {
    const { time, limits } = limitsAt(1_000_000);
    expect(grantedOf(limits, 'k', 20)).toBe(5);
    expect(limits.take('k', rate, 1)).toBe(6_000);
    time.now += 5_999;
    expect(limits.take('k', rate, 1)).toBe(1);
    time.now += 1;
    expect(grantedOf(limits, 'k', 5)).toBe(1);
    time.now += 30_000;
    expect(grantedOf(limits, 'k', 20)).toBe(5);
  });

  test('lock nobody out when the clock is set back', () => {
    const { time, limits } = limitsAt(1_000_000_000);
    grantedOf(limits, 'k', 5);
    time.now = 0;
    expect(limits.take('k', rate, 1)).toBe(6_000);
  });

  test('a refund restores what was taken and never more than the burst', () => {
    const { limits } = limitsAt(0);
    limits.take('k', rate, 2);
    limits.take('k', rate, -3);
    expect(grantedOf(limits, 'k', 20)).toBe(5);
  });

  test('keep those who are limited while a flood of other keys passes through bounded memory', () => {
    const { limits, time } = limitsAt(0);
    for (let index = 0; index < 150_000; index += 1) {
      limits.take(`flood-${String(index)}`, rate, 1);
      if (index === 140_000) grantedOf(limits, 'victim', 5);
    }
    expect(limits.size).toBeLessThanOrEqual(100_000);
    expect(grantedOf(limits, 'victim', 5)).toBe(0);
    time.now += 3_600_000;
    for (let index = 0; index < 100_001; index += 1) limits.take(`later-${String(index)}`, rate, 1);
    expect(limits.size).toBeLessThanOrEqual(100_000);
  });
});
