import { expect, test } from 'vitest';
import { controlCharacter, isVisible } from './seen-text.ts';
import { plainTextPattern, seenLinePattern, seenTextPattern } from './text-patterns.ts';

const line = new RegExp(seenLinePattern, 'u');
const text = new RegExp(seenTextPattern, 'u');
const plain = new RegExp(plainTextPattern, 'u');

test('the patterns of the schemas say of every character what the server does', () => {
  const differing: number[] = [];
  for (let point = 0; point <= 0x10ffff; point += 1) {
    if (point === 0xd800) point = 0xe000;
    const character = String.fromCodePoint(point);
    const isPlain = !controlCharacter.test(character);
    const isSeen = isPlain && isVisible(character);
    const agrees =
      line.test(character) === isSeen && text.test(character) === isSeen && plain.test(character) === isPlain;
    if (!agrees) differing.push(point);
  }
  // A carriage return alone is a line end, and nothing to see.
  expect(differing.map((point) => point.toString(16))).toEqual([]);
});

test('something seen may stand among what is not, and a control character nowhere', () => {
  expect(['a', ' a\u200b', '\u200b\n\ta'].map((one) => text.test(one))).toEqual([true, true, true]);
  expect(['', ' ', '\u200b', 'a\u0007'].map((one) => text.test(one))).toEqual([false, false, false, false]);
  expect([text.test('a\r\nb'), line.test('a\r\nb')]).toEqual([true, false]);
});
