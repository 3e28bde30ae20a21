import { describe, expect, it } from 'vitest';
import { limits } from './limits.ts';
import { conversationNameSchema, messageTextSchema } from './text.ts';

describe('the text of a message', () => {
  it.each([
    'hello',
    'two\nlines\tand a tab',
    '👩‍🔬👏🏽',
    'تمام',
    'Ａ',
    'a'.repeat(limits.textLengthMax),
    '\u202eright to left',
  ])('may be %j', (text) => {
    expect(messageTextSchema.parse(text)).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t\u00a0\u3000'],
    ['invisible characters', '\u200b\u200d\ufeff'],
    ['too long', 'a'.repeat(limits.textLengthMax + 1)],
    ['a NUL', 'a\0b'],
    ['an escape character', 'a\u001b[31m'],
    ['half a character', 'a\ud83d'],
    ['20,000 combining marks', 'a' + '\u0301'.repeat(5_000)],
  ])('is refused for %s', (_, text) => {
    expect(messageTextSchema.safeParse(text).success).toBe(false);
  });

  it('has one kind of line end', () => {
    expect(messageTextSchema.parse('a\r\nb\rc')).toBe('a\nb\nc');
  });
});

describe('the name of a group or room', () => {
  it('is one trimmed line', () => {
    expect(conversationNameSchema.parse('  Pier\n 7   rollout ')).toBe('Pier 7 rollout');
  });

  it.each(['', '   ', '\u200b', 'x'.repeat(65)])('is refused for %j', (name) => {
    expect(conversationNameSchema.safeParse(name).success).toBe(false);
  });
});
