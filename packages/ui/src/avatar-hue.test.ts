import { describe, expect, it } from 'vitest';
import { avatarHue } from './avatar-hue.ts';

describe('avatarHue', () => {
  it('gives everybody the same hue for the same id', () => {
    expect(avatarHue('6745a1b2c3d4e5f600000001')).toBe(avatarHue('6745a1b2c3d4e5f600000001'));
    // Fixed values: a change would repaint every avatar of every installation.
    expect(['ada', 'bob', 'cleo', ''].map(avatarHue)).toEqual([9, 5, 9, 4]);
  });

  it('stays between 0 and 9 whatever the id holds', () => {
    for (const id of ['', '👩‍🔬', 'ÿ'.repeat(1000), '\0', '\u202E']) {
      expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(avatarHue(id));
    }
  });

  it('spreads neighbouring ids over all ten hues', () => {
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < 1000; index += 1) {
      const hue = avatarHue(`6745a1b2c3d4e5f6${index.toString(16).padStart(8, '0')}`);
      counts[hue] = (counts[hue] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(60);
    expect(Math.max(...counts)).toBeLessThan(140);
  });
});
