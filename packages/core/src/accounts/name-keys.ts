import { foldName } from '@confab/contract';
import unhomoglyph from 'unhomoglyph';

/** The Latin look-alike of one character (Unicode UTS #39, confusables), or the character itself. */
function latinLookAlike(character: string): string {
  // ASCII and accented Latin letters stand for themselves: the table would also call "m" an "rn" and "1" an "l".
  if (/^[\u0020-\u007e]/.test(character.normalize('NFD'))) return character;
  const skeleton = unhomoglyph(character);
  return skeleton === 'rn' ? 'm' : skeleton;
}

/** An i or j loses its dot under another one (Unicode, 7.1, "Soft-dotted"): what is left of İ in small letters is an i. */
function skeleton(name: string): string {
  return foldName(Array.from(name, latinLookAlike).join('')).replace(/(?<=[ij])\u0307/g, '');
}

/**
 * Every form under which a name counts as taken: the folded name first, then the ASCII names that it looks like as
 * typed, in capitals or folded. Stored under one unique index, so that two names conflict when any form is shared.
 * (The Cyrillic name "рор" and the Latin "pop" share a form; so do "ВОВ" and "bob".)
 */
export function nameKeys(name: string): [string, ...string[]] {
  const folded = foldName(name);
  const lookAlikes = [name, name.toUpperCase(), folded]
    .map(skeleton)
    .filter((key) => /^[a-z0-9._-]+$/.test(key));
  return [folded, ...new Set(lookAlikes.filter((key) => key !== folded))];
}
