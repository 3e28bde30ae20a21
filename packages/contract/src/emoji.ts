import { z } from 'zod';
import { limits } from './limits.ts';

const presentation = '\ufe0f';
// By constructor: the compiler's target does not know the flag, which Node 20 and today's browsers do.
const recommended = new RegExp(String.raw`^\p{RGI_Emoji}$`, 'v');
const oneEmoji = new RegExp(String.raw`^(?:\p{RGI_Emoji}|\p{Emoji}\ufe0f?)$`, 'v');
// Emoji that fonts draw as text unless they are told otherwise; not where a skin tone follows, which tells them, too.
const drawnAsText = /(?=\p{Emoji})\P{Emoji_Presentation}(?!\p{Emoji_Modifier}|\ufe0f)/gu;

/**
 * The one form of an emoji. Some systems send the sign that asks for a picture (U+FE0F), others leave it out; people see
 * the same. Unicode calls the form with all of them fully qualified (UTS #51, ED-18).
 */
export function qualifiedEmoji(text: string): string {
  const whole = text.replaceAll(presentation, '').replace(drawnAsText, `$&${presentation}`);
  return recommended.test(whole) ? whole : text;
}

/** One emoji, with its skin tone, flag or joined parts: exactly one grapheme, in its one form. */
export const emojiSchema = z
  .string()
  .max(limits.emojiLengthMax)
  // No pattern of a JSON Schema tells which sequences are one emoji.
  .meta({
    minLength: 1,
    description: 'Exactly one emoji (RGI_Emoji of UTS #51); anything else is refused with 400.',
  })
  .transform(qualifiedEmoji)
  .pipe(
    z
      .string()
      .refine((text) => oneEmoji.test(text) && !/^[\d#*]\ufe0f?$/.test(text), 'This is not an emoji.'),
  );
