/** A piece of a message: plain text, or a link as written with the address it leads to. */
export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

/**
 * Only http and https, only where a word begins (so `javascript:http://…` stays text), and nothing that a browser or a reader
 * could take for something else: no white space, quotes or angle brackets, and no invisible or direction-changing character.
 * Full-width punctuation ends it: Chinese and Japanese go on behind a link without a space.
 */
const candidate =
  /(?<![a-z0-9_:/.@+-])https?:\/\/[^\s<>"'`\p{Cc}\p{Cf}。，、：；！？「」『』【】《》〈〉（）［］｛｝～]+/giu;

const punctuation = /[.,:;!?…*’”»]/u;

const opening = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/**
 * Leaves off the sentence's punctuation, and a closing bracket that was opened before the link. Linear: a message may be
 * ten thousand brackets.
 */
function trimEnd(url: string): string {
  const surplus = new Map<string, number>();
  for (const [close, open] of opening) {
    surplus.set(close, url.split(close).length - url.split(open).length);
  }
  let end = url.length;
  for (; end > 0; end -= 1) {
    const last = url[end - 1] ?? '';
    const unopened = surplus.get(last) ?? 0;
    if (unopened > 0) surplus.set(last, unopened - 1);
    else if (!punctuation.test(last)) break;
  }
  return url.slice(0, end);
}

/** The address a link leads to; null for what is no http(s) URL with a host, or carries a name or password before the host. */
function addressOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  // "https://bank.example@evil.example" reads as the one and leads to the other.
  if (parsed.username !== '' || parsed.password !== '') return null;
  return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.href : null;
}

/** Splits a message into text and links. The texts of the parts, joined, are the message. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(candidate)) {
    const url = trimEnd(match[0]);
    const href = addressOf(url);
    if (href === null) continue;
    if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) });
    parts.push({ kind: 'link', text: url, href });
    done = match.index + url.length;
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) });
  return parts;
}
