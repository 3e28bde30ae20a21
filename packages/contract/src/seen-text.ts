// Without Zod: what a page loads first needs this too.

// C0 controls except tab and line feed, DEL and C1: invisible, and some terminals and log viewers obey them.
export const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const controlCharacters = new RegExp(controlCharacter, 'g');
// What ends a line or a page somewhere: VT, FF, RS, NEL, and Unicode's line and paragraph separators.
const otherLineEnds = /\r\n?|[\u000b\u000c\u001e\u0085\u2028\u2029]/g;

/**
 * A text from elsewhere as one may write it here: whatever ends a line becomes a line feed, other control characters
 * go. For what people paste and type; the server refuses instead, and names the character.
 */
export function withoutControls(text: string): string {
  return text.replace(otherLineEnds, '\n').replace(controlCharacters, '');
}

/** True when something would be seen: white space, what Unicode lets be ignored, and the empty Braille cell do not count. */
export function isVisible(text: string): boolean {
  return /[^\s\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);
}
