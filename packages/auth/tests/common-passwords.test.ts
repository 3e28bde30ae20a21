import { describe, expect, test } from 'vitest';
import { isCommonPassword } from '../src/index.ts';

const words = ['ada', 'ada.byron@example.org', 'ada.byron', 'confab'];

describe('a password that somebody would try first', () => {
  test.each([
    ['one of the list', 'qwertyuiop'],
    ['one of the list, in capitals', 'QwertyUIOP'],
    ['one of the list, in full-width letters', 'ｑｗｅｒｔｙｕｉｏｐ'],
    ['a word of the list with a year and a sign', 'Superman2024!'],
    ['a word of the list between signs', '***dragon***'],
    ['a word of the list twice', 'passwordpassword'],
    ['one letter again and again', 'zzzzzzzzzzzz'],
    ['a few letters again and again', 'x7qx7qx7qx7q'],
    ['the name', 'ada1234567890'],
    ['the name, repeated', 'adaADAadaada1'],
    ['the email address', 'Ada.Byron@example.org'],
    ['the first part of the email address', 'ada.byron99'],
    ['the product', 'Confab2026!!'],
    ['digits in a row', '1234567890'],
  ])('is found: %s', async (_, password) => {
    expect(await isCommonPassword(password, words)).toBe(true);
  });

  test.each([
    'correct horse battery',
    'another good one',
    'adamant violet kiln',
    'confabulate wisely',
    '7$92!4k#5(3',
    'пароль из четырёх слов',
    '🦀🌊🧭🪁🛶🪵🌿🪨🐚🌙',
  ])('is not: %s', async (password) => {
    expect(await isCommonPassword(password, words)).toBe(false);
  });

  test('is found by the list alone, without any word of the person', async () => {
    expect(await isCommonPassword('ada1234567890', [])).toBe(false);
  });
});
