import { limits } from '@confab/contract';

/** How long a password would stand, as far as its looks tell; whether many people use it is known to the server alone. */
export type PasswordStrength = 'short' | 'weak' | 'fair' | 'good' | 'strong';

/** What one more character adds, in bits. Words are far easier to guess than their length says, by letter frequency. */
const bitsOf = { follows: 0.5, inWord: 2.6, letter: 4.7, digit: 3.3, sign: 5, space: 1 } as const;
/** Shorter runs of letters are no words. */
const wordLengthMin = 3;
/** What a word that everybody knows of this person adds, however long it is. */
const knownWordBits = 2;

/** From how many bits on. */
const steps = [
  ['strong', 70],
  ['good', 50],
  ['fair', 42],
] as const;

/** @param words what everybody knows: the person's name and email address */
export function passwordStrength(password: string, words: readonly string[]): PasswordStrength {
  if (Array.from(password).length < limits.passwordLengthMin) return 'short';
  const bits = bitsIn(password, words);
  return steps.find(([, from]) => bits >= from)?.[0] ?? 'weak';
}

function bitsIn(password: string, words: readonly string[]): number {
  let rest = password.toLowerCase();
  let bits = 0;
  for (const word of words.map((each) => each.toLowerCase())) {
    if (word.length < wordLengthMin || !rest.includes(word)) continue;
    rest = rest.replaceAll(word, ' ');
    bits += knownWordBits;
  }
  for (const run of rest.match(/\p{L}+|\p{N}+|\s+|[^\p{L}\p{N}\s]+/gu) ?? []) bits += bitsOfRun(run);
  return bits;
}

function bitsOfRun(run: string): number {
  const characters = Array.from(run);
  const each = bitsOf[kindOf(run, characters.length)];
  return characters.reduce(
    (bits, character, i) => bits + (follows(characters[i - 1], character) ? bitsOf.follows : each),
    0,
  );
}

function kindOf(run: string, length: number): keyof typeof bitsOf {
  if (/^\p{L}/u.test(run)) return length < wordLengthMin ? 'letter' : 'inWord';
  if (/^\p{N}/u.test(run)) return 'digit';
  return /^\s/.test(run) ? 'space' : 'sign';
}

/** The same once more, or the next one: `aaa`, `abc`, `321`. */
function follows(before: string | undefined, character: string): boolean {
  const step = (character.codePointAt(0) ?? 0) - (before?.codePointAt(0) ?? Infinity);
  return Math.abs(step) <= 1;
}
