/** About 49,000 passwords by how often they were found in leaks, in lower case. Loaded when the first one is asked for. */
let loading: Promise<ReadonlySet<string>> | undefined;

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}

/** Shorter ones of the list say nothing once digits and signs have been taken from their ends. */
const wordLengthMin = 4;

/**
 * Whether a password is one of those that are tried first: one that many people use, or one of `words` (what everybody
 * knows of this person), as it is, repeated, or with digits and signs at its ends; or a short unit again and again. Case
 * does not count.
 */
export async function isCommonPassword(password: string, words: readonly string[]): Promise<boolean> {
  const common = await (loading ??= load());
  const own = new Set(words.map(fold));
  const isGuess = (text: string) =>
    text !== '' && (own.has(text) || (text.length >= wordLengthMin && common.has(text)));
  const folded = fold(password);
  const bare = folded.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
  return [folded, bare].some((text) => {
    const unit = unitOf(text);
    return isGuess(text) || isGuess(unit) || (text === folded && unit.length <= wordLengthMin);
  });
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The shortest text that gives this one when it is repeated: `abc` of `abcabcabc`. */
function unitOf(text: string): string {
  // A text that repeats a unit is found in itself again, moved by the unit's length.
  return text.slice(0, `${text}${text}`.indexOf(text, 1));
}
