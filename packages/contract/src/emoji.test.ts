import { describe, expect, it } from 'vitest';
import { emojiSchema, qualifiedEmoji } from './emoji.ts';

describe('an emoji', () => {
  it.each([
    ['❤️', '❤'],
    ['☝🏽', '☝🏽'],
    ['1️⃣', '1⃣'],
    ['🏳️‍🌈', '🏳‍🌈'],
    ['❤️‍🔥', '❤‍🔥'],
    ['👁️‍🗨️', '👁‍🗨'],
    ['🏌️‍♀️', '🏌‍♀'],
    ['🏋🏽‍♂️', '🏋🏽‍♂'],
    ['👍', '👍'],
    ['👍🏽', '👍🏽'],
    ['🇩🇪', '🇩🇪'],
    ['©️', '©'],
  ])('%s has one form, with and without the signs that ask for a picture', (whole, bare) => {
    expect(emojiSchema.parse(whole)).toBe(whole);
    expect(emojiSchema.parse(bare)).toBe(whole);
    expect(qualifiedEmoji(qualifiedEmoji(bare))).toBe(whole);
  });

  it('of every system is one that may be sent', () => {
    const drawn = Array.from({ length: 0x1_0000 }, (_, offset) => String.fromCodePoint(0x1_f000 + offset));
    const emoji = drawn.filter((character) => /^\p{Emoji_Presentation}$/u.test(character));
    expect(emoji.length).toBeGreaterThan(1_000);
    for (const character of emoji) expect(emojiSchema.parse(character)).toBe(character);
  });

  it.each(['', 'a', '1', '#', '👍👍', '👍 ', '1\ufe0f', '\ufe0f'])('is not %j', (text) => {
    expect(emojiSchema.safeParse(text).success).toBe(false);
  });
});
