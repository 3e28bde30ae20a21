import { describe, expect, it } from 'vitest';
import { secondsToWait } from './slow-mode.ts';

describe('secondsToWait', () => {
  it('counts down from the last message, and is over after the pause', () => {
    expect(secondsToWait(100_000, 30, 100_000)).toBe(30);
    expect(secondsToWait(100_000, 30, 112_400)).toBe(18);
    expect(secondsToWait(100_000, 30, 130_000)).toBe(0);
    expect(secondsToWait(100_000, 30, 200_000)).toBe(0);
  });

  it('is nothing before the first message, and never more than the pause, whatever the clock', () => {
    expect(secondsToWait(null, 30, 100_000)).toBe(0);
    expect(secondsToWait(900_000, 30, 100_000)).toBe(30);
  });
});
