import { z } from 'zod';
import { limits } from './limits.ts';

const combiningRun = new RegExp(`\\p{M}{${limits.combiningMarksMax + 1},}`, 'u');
// C0 controls except tab and line feed, DEL and C1: invisible, and some terminals and log viewers obey them.
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** True when every surrogate is paired, so that the text survives UTF-8 unchanged. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Text as people write it: well-formed Unicode, no control characters, no towers of combining marks. */
const humanText = z
  .string()
  .refine(isWellFormed, 'The text holds half a character.')
  .refine((text) => !controlCharacter.test(text), 'The text holds a control character.')
  .refine((text) => !combiningRun.test(text), 'Too many marks on one character.');

/**
 * Text as it arrives, before it is tidied and its length counts: a JSON Schema is made of this half, which knows of no
 * limit unless it is told. Who keeps to it is never refused; padding beyond it may pass.
 */
function untidy(lengthMax: number) {
  return humanText.meta({ maxLength: lengthMax });
}

/** One line for people to read: a conversation's name, a topic. Trimmed; white space runs become one space. */
export function lineSchema(lengthMax: number) {
  return untidy(lengthMax)
    .transform((line) => line.replace(/\s+/gu, ' ').trim())
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
  return humanText.max(lengthMax, `At most ${String(lengthMax)} characters.`);
}

/** True when something would be seen: white space and invisible format characters alone do not count. */
function isVisible(text: string): boolean {
  return /[^\s\p{Cf}\p{Z}\u115f\u1160\u2800\u3164]/u.test(text);
}

/** The text of a message: at most 10,000 characters, CR LF becomes LF, something visible in it. */
export const messageTextSchema = z
  .string()
  .max(limits.textLengthMax, `A message holds at most ${String(limits.textLengthMax)} characters.`)
  .transform((text) => text.replace(/\r\n?/g, '\n'))
  .pipe(humanText)
  .refine(isVisible, 'The message is empty.');

const oneEmoji = new RegExp(String.raw`^(?:\p{RGI_Emoji}|\p{Emoji}\ufe0f?)$`, 'v');

/** One emoji, with its skin tone, flag or joined parts: exactly one grapheme. */
export const emojiSchema = z
  .string()
  .max(limits.emojiLengthMax)
  .refine((text) => oneEmoji.test(text) && !/^[\d#*]$/.test(text), 'This is not an emoji.');

/** A name that people gave to a group or room. */
export const conversationNameSchema = lineSchema(limits.conversationNameLengthMax).refine(
  isVisible,
  'The name is empty.',
);
