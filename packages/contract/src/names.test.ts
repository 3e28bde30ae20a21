import { describe, expect, it } from 'vitest';
import { foldName, searchKey } from './name-keys.ts';
import { userNameSchema } from './names.ts';

describe('a user name', () => {
  it.each([
    'ada',
    'Bob',
    'José',
    'straße',
    'дмитрий',
    'Ελένη',
    '田中さくら',
    '김철수',
    'محمد',
    'noor-2',
    'a.b_c',
    'हिन्दी',
    '佐々木',
    'マリー',
    'サーバー',
    'สมๆ',
    'Kaʻahumanu',
    'Дарʼя',
  ])('may be %s: letters of one script, digits and . _ -', (name) => {
    expect(userNameSchema.safeParse(name).success).toBe(true);
  });

  it.each([
    ['too short', 'a'],
    ['too long', 'a'.repeat(33)],
    ['two scripts: a Cyrillic а among Latin letters', 'p\u0430ul'],
    ['two scripts: a Greek ο among Latin letters', 'b\u03bfb'],
    ['white space', 'ada lovelace'],
    ['a digit first', '2ada'],
    ['punctuation first', '.ada'],
    ['an invisible character', 'ada\u200b'],
    ['a selector of variants', 'ada\ufe0f'],
    ['a joiner of graphemes', 'a\u034fda'],
    ['a filler, which is a letter of its script', '김철수\u3164'],
    ['a vowel that is not written', 'ខ្មែរ\u17b4'],
    ['a direction override', 'ada\u202e'],
    ['an emoji', 'ada🌊'],
    ['a slash', 'a/da'],
    ['an at sign', 'ada@home'],
    ['half a character', 'ada\ud800'],
    ['a tower of marks', `a${'\u0301'.repeat(20)}`],
    ['a modifier letter first', 'ʻokina'],
    ['a repetition mark first', '々木'],
    ['punctuation of its script', '田中、'],
    ['a modifier letter that is not written in names', 'adaˈb'],
    ['a symbol of its script', '田中〒'],
    ['nothing', ''],
  ])('is refused for %s', (_, name) => {
    expect(userNameSchema.safeParse(name).success).toBe(false);
  });

  it('is kept in NFKC, so that full-width letters are the plain ones', () => {
    expect(userNameSchema.parse('Ａｄａ')).toBe('Ada');
  });

  it('is compared without case, also where upper and lower case do not pair up', () => {
    expect(foldName('ADA')).toBe(foldName('ada'));
    expect(foldName('straße')).toBe(foldName('STRASSE'));
    expect(foldName('kaʻa')).toBe(foldName('KAʼA'));
    expect(foldName('Σίσυφος')).toBe(foldName('ΣΊΣΥΦΟΣ'));
  });

  it('is searched without accents', () => {
    expect(searchKey('José')).toBe('jose');
  });
});
