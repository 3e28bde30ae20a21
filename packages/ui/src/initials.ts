const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Longer clusters exist only as stacked marks ("zalgo") that would paint over the neighbours. */
const clusterMax = 24;

function firstGrapheme(word: string): string {
  const cluster = segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? '';
  return cluster.length <= clusterMax ? cluster : String.fromCodePoint(cluster.codePointAt(0) ?? 0);
}

/** Upper case, unless that makes two letters of one (ß, ﬁ). */
function capital(cluster: string): string {
  const upper = cluster.toUpperCase();
  return upper.length === cluster.length ? upper : cluster;
}

/**
 * What stands in an avatar: the first letter of the name, or of two of its words. A letter is what a reader takes for one
 * (an emoji sequence, a letter with its marks). Punctuation and invisible characters in front are skipped; an emoji stands
 * alone. Empty for a name without anything to draw.
 */
export function initials(name: string): string {
  const words = name
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]+/u, ''))
    .filter((word) => word !== '');
  const [first = '', ...rest] = words;
  // "of" and its like carry no name: a word in lower case gives way to the one after it.
  const second = rest.find((word, i) => i === rest.length - 1 || !/^\p{Ll}/u.test(word)) ?? '';
  return pair(firstGrapheme(first), firstGrapheme(second));
}

function pair(first: string, second: string): string {
  const pictured = (cluster: string) => /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(cluster);
  if (first === '' || pictured(first) || pictured(second)) return capital(first);
  return capital(first) + capital(second);
}
