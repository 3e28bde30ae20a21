import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * Scripts whose letters may form a name. One name uses one of them, so that a Cyrillic "а" cannot hide among Latin
 * letters; Japanese and Korean are written in several scripts at once, as in UTS #39's "highly restrictive" sets.
 */
const scriptSets = [
  ['Latin'],
  ['Greek'],
  ['Cyrillic'],
  ['Armenian'],
  ['Georgian'],
  ['Hebrew'],
  ['Arabic'],
  ['Devanagari'],
  ['Bengali'],
  ['Gurmukhi'],
  ['Gujarati'],
  ['Tamil'],
  ['Telugu'],
  ['Kannada'],
  ['Malayalam'],
  ['Sinhala'],
  ['Thai'],
  ['Lao'],
  ['Myanmar'],
  ['Khmer'],
  ['Ethiopic'],
  ['Han', 'Hiragana', 'Katakana'],
  ['Hangul', 'Han'],
] as const;

/**
 * Modifier letters that are written in the middle of names: the ʻokina of Hawaiian, the apostrophe that is a letter in
 * Ukrainian and others. Unicode gives them to no script. Those of a script (々 ー ๆ) are letters of it.
 */
const modifierLetters: Readonly<Record<string, string>> = { Latin: 'ʻʼ', Cyrillic: 'ʼ' };

const wellFormedNames = scriptSets.map((scripts) => {
  const letters = scripts.map((script) => `\\p{Script_Extensions=${script}}`).join('');
  const modifiers = scripts.map((script) => modifierLetters[script] ?? '').join('');
  const first = `[[${letters}]&&[\\p{L}--\\p{Lm}]]`;
  const rest = `[[[${letters}]&&[\\p{L}\\p{Nl}]]\\p{M}${modifiers}0-9._\\-]`;
  return new RegExp(`^${first}${rest}*$`, 'v');
});

/** True when the name starts with a letter and its letters all belong to one script. */
function isOneScript(name: string): boolean {
  return wellFormedNames.some((pattern) => pattern.test(name));
}

/**
 * A user's unique name as typed and shown: 2–32 characters after NFKC, letters of one script, digits and `._-`,
 * a letter first. Names that differ only by case, or by look-alike letters of another script, are the same name.
 */
export const userNameSchema = z
  .string()
  .max(limits.nameLengthMax * 4, `At most ${String(limits.nameLengthMax)} characters.`)
  // Counted after NFKC; a JSON Schema, made of what arrives, would tell the bound above.
  .meta({
    minLength: limits.nameLengthMin,
    maxLength: limits.nameLengthMax,
    // No pattern of a JSON Schema tells scripts apart in every tool.
    description:
      'A letter, then letters of the same alphabet, digits and . _ -; anything else is refused with 400.',
  })
  .transform((name) => name.normalize('NFKC'))
  .pipe(
    z
      .string()
      .min(limits.nameLengthMin, `At least ${String(limits.nameLengthMin)} characters.`)
      .max(limits.nameLengthMax, `At most ${String(limits.nameLengthMax)} characters.`)
      .refine(isOneScript, 'Use letters of one alphabet, digits and . _ - and begin with a letter.')
      .refine((name) => !/\p{M}{3,}/u.test(name), 'Too many marks on one letter.')
      // Selectors of variants and fillers are marks and letters of scripts, and show nothing: somebody else's name with one
      // in it would be read as theirs.
      .refine(
        (name) => !/\p{Default_Ignorable_Code_Point}/u.test(name),
        'The name holds a sign that does not show.',
      ),
  );
