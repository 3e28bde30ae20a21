import { searchKey } from '@confab/contract';

/** Letters that Unicode does not take apart into a letter and an accent, and people type without it. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

function listKey(text: string): string {
  return searchKey(text).replace(/[øđłħæœı]/g, (letter) => plainLetters[letter] ?? letter);
}

/**
 * Asks names whether they hold what was typed: each of its words as a part of the name, in any order and case, with or
 * without accents.
 */
export function listMatcher(typed: string): (name: string) => boolean {
  const words = listKey(typed)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return (name) => {
    const key = listKey(name);
    return words.every((word) => key.includes(word));
  };
}
