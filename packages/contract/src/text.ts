import { z } from 'zod';
import { limits } from './limits.ts';
import { controlCharacter, isVisible } from './seen-text.ts';
import { plainTextPattern, seenLinePattern, seenTextPattern } from './text-patterns.ts';

const combiningRun = new RegExp(`\\p{M}{${limits.combiningMarksMax + 1},}`, 'u');
// They set a direction for what follows, beyond the end of what they stand in. Unicode's Bidi_Control.
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** `U+0007`. */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** True when every surrogate is paired, so that the text survives UTF-8 unchanged. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Text as people write it: well-formed Unicode, no control characters, no towers of combining marks. */
const humanText = z
  .string()
  .refine(isWellFormed, 'The text holds half a character.')
  .refine((text) => !controlCharacter.test(text), {
    error: ({ input }) =>
      `The text holds a control character (${codePoint(controlCharacter.exec(String(input))?.[0] ?? '')}).`,
  })
  .refine((text) => !combiningRun.test(text), 'Too many marks on one character.');

/**
 * Text as it arrives, before it is tidied and its length counts: a JSON Schema is made of this half, which knows of no
 * limit and no pattern unless it is told. Padding beyond the limit may pass.
 */
function untidy(lengthMax: number, pattern = plainTextPattern) {
  return humanText.meta({ maxLength: lengthMax, pattern });
}

/**
 * One line for people to read: a conversation's name, a topic. Trimmed; white space runs become one space, controls of
 * direction go: a name stands within other people's sentences.
 */
export function lineSchema(lengthMax: number, pattern = plainTextPattern) {
  return untidy(lengthMax, pattern)
    .transform((line) => line.replace(bidiControls, '').replace(/\s+/gu, ' ').trim())
    .pipe(z.string().max(lengthMax, `At most ${String(lengthMax)} characters.`));
}

/** Some lines for people to read, perhaps none. Trimmed. */
export function noteSchema(lengthMax: number) {
  return untidy(lengthMax)
    .transform((text) => text.trim())
    .pipe(z.string().max(lengthMax, `At most ${String(lengthMax)} characters.`));
}

/** The start of a name that is looked for, as somebody types it. */
export function searchPrefixSchema(lengthMax: number) {
  return humanText
    .max(lengthMax, `At most ${String(lengthMax)} characters.`)
    .meta({ pattern: plainTextPattern });
}

/** The text of a message: at most 10,000 characters, CR LF becomes LF, something visible in it. */
export const messageTextSchema = z
  .string()
  .max(limits.textLengthMax, `A message holds at most ${String(limits.textLengthMax)} characters.`)
  .meta({ minLength: 1, pattern: seenTextPattern })
  .transform((text) => text.replace(/\r\n?/g, '\n'))
  .pipe(humanText)
  .refine(isVisible, 'The message is empty.');

/** A name that people gave to a group or room. */
export const conversationNameSchema = lineSchema(limits.conversationNameLengthMax, seenLinePattern).refine(
  isVisible,
  'The name is empty.',
);
