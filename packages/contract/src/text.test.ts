import { describe, expect, it } from 'vitest';
import { limits } from './limits.ts';
import { withoutControls } from './seen-text.ts';
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
    ['characters that Unicode lets be ignored', '\u034f\u17b4\u180b\ufe0f\uffa0\u{e0100}\u{1d173}'],
    ['too long', 'a'.repeat(limits.textLengthMax + 1)],
    ['a NUL', 'a\0b'],
    ['an escape character', 'a\u001b[31m'],
    ['half a character', 'a\ud83d'],
    ['20,000 combining marks', 'a' + '\u0301'.repeat(5_000)],
  ])('is refused for %s', (_, text) => {
    expect(messageTextSchema.safeParse(text).success).toBe(false);
  });

  it('names the control character for which it is refused', () => {
    const { error } = messageTextSchema.safeParse('a\u0007b');
    expect(error?.issues[0]?.message).toContain('U+0007');
  });

  it('that was pasted has line feeds for all that ends a line, and no other controls', () => {
    const pasted = 'a\u000bb\u000cc\u0085d\u001ee\r\nf\rg\u2028h\u0007i\tj\u0000k\u009bl';
    const tidy = withoutControls(pasted);
    expect(tidy).toBe('a\nb\nc\nd\ne\nf\ng\nhi\tjkl');
    expect(messageTextSchema.parse(tidy)).toBe(tidy);
  });

  it('has one kind of line end', () => {
    expect(messageTextSchema.parse('a\r\nb\rc')).toBe('a\nb\nc');
  });
});

describe('the name of a group or room', () => {
  it('is one trimmed line', () => {
    expect(conversationNameSchema.parse('  Pier\n 7   rollout ')).toBe('Pier 7 rollout');
  });

  it('keeps no control of direction, which would reach beyond it', () => {
    expect(conversationNameSchema.parse('\u202eabc\u2066d\u200f')).toBe('abcd');
  });

  it.each(['', '   ', '\u200b', '\u202e', '\ufe0f\u034f', 'x'.repeat(65)])('is refused for %j', (name) => {
    expect(conversationNameSchema.safeParse(name).success).toBe(false);
  });
});
