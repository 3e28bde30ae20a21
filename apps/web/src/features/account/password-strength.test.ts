import { expect, test } from 'vitest';
import { passwordStrength } from './password-strength.ts';

test.each([
  ['', 'short'],
  ['nine char', 'short'],
  ['🦀🌊🧭🪁🛶', 'short'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['abcdefghijklmnop', 'weak'],
  ['12345678901234567890', 'weak'],
  ['password12', 'weak'],
  ['Superman2024!', 'weak'],
  ['two words 7', 'weak'],
  ['correct horse battery', 'fair'],
  ['correct horse battery lamp', 'good'],
  ['xK9#mQ2$vL7!', 'good'],
  ['correct horse battery staple, and tea', 'strong'],
])('%j is %s', (password, strength) => {
  expect(passwordStrength(password, [])).toBe(strength);
});

test('what everybody knows of somebody adds next to nothing', () => {
  const password = 'ada lovelace ada@example.org';
  expect(passwordStrength(password, [])).toBe('strong');
  expect(passwordStrength(password, ['ada@example.org', 'ada', 'ada lovelace'])).toBe('weak');
});

test('a long one is looked at in one pass', () => {
  expect(passwordStrength('a1'.repeat(32_000), ['a', 'abc'])).toBe('strong');
});
