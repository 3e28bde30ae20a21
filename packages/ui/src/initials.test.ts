import { describe, expect, it } from 'vitest';
import { initials } from './initials.ts';

describe('initials', () => {
  it.each([
    ['ada', 'A'],
    ['Pier 7 rollout', 'P7'],
    ['  night   watch ', 'NW'],
    ['Море и лёд', 'МЛ'],
    ['Library of charts', 'LC'],
    ['Harbour square', 'HS'],
    ['ada.lind', 'A'],
  ])('takes the first letter of the name or of two words that say something: %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  it.each([
    ['東京', '東'],
    ['港 広場', '港広'],
    ['한국어 방', '한방'],
    ['نور', 'ن'],
    ['שלום עולם', 'שע'],
    ['नमस्ते', 'न'],
    ['e\u0301lodie', 'E\u0301'],
  ])('keeps what a reader takes for one letter, in any script: %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  it.each([
    ['👩‍🔬 lab', '👩‍🔬'],
    ['👏🏽', '👏🏽'],
    ['🇵🇹 porto', '🇵🇹'],
    ['lab 👩‍🔬', 'L'],
  ])('lets an emoji sequence stand alone and whole: %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  it('skips punctuation and direction-changing characters in front', () => {
    expect(initials('@ada')).toBe('A');
    expect(initials('“quoted” (room)')).toBe('QR');
    expect(initials('\u202E\u200Bevil')).toBe('E');
  });

  it('does not make two letters of one', () => {
    expect(initials('ßa')).toBe('ß');
    expect(initials('ﬁn')).toBe('ﬁ');
  });

  it('cuts a letter that is stacked with marks down to the letter', () => {
    expect(initials(`z${'\u0315'.repeat(200)}`)).toBe('Z');
  });

  it('is empty for a name with nothing to draw', () => {
    expect(initials('')).toBe('');
    expect(initials(' .-_ \u200B')).toBe('');
  });
});
