import type { Random } from './random.ts';
import { words } from './words.ts';

/** What the slots of one exchange have become so far. */
export type Bindings = Map<string, string>;

/**
 * Turns a line of an exchange into what somebody wrote:
 * - `<a|b>` is one of them;
 * - `{3-20}` and `{1.10-2.40}` are numbers with as many decimals, new each time; `{h=3-20}` is remembered as `{h}`;
 * - `{time}` is a time of day; `{gauge}` a word of words.ts; `{gauge2}` another one; each stays for the exchange;
 * - `{A}` is the name of whoever plays A.
 * @throws SyntaxError for a slot that is none of these
 */
export function writeLine(text: string, bound: Bindings, random: Random): string {
  const chosen = text.replace(/<([^<>]*\|[^<>]*)>/g, (_, options: string) => random.pick(options.split('|')));
  return chosen.replace(/\{([^{}]+)\}/g, (_, slot: string) => fillSlot(slot, bound, random));
}

function fillSlot(slot: string, bound: Bindings, random: Random): string {
  const known = bound.get(slot);
  if (known !== undefined) return known;
  const [, name, range = slot] = /^(\w+)=(.+)$/.exec(slot) ?? [];
  const value = numberWithin(range, random) ?? wordFor(slot, bound, random);
  if (value === null) throw new SyntaxError(`no such slot: {${slot}}`);
  if (name !== undefined) bound.set(name, value);
  return value;
}

function numberWithin(range: string, random: Random): string | null {
  const [, low, high] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(range) ?? [];
  if (low === undefined || high === undefined) return null;
  const decimals = low.split('.')[1]?.length ?? 0;
  const scale = 10 ** decimals;
  return (random.int(Math.round(Number(low) * scale), Math.round(Number(high) * scale)) / scale).toFixed(
    decimals,
  );
}

function wordFor(slot: string, bound: Bindings, random: Random): string | null {
  const kind = slot.replace(/\d$/, '');
  const taken = new Set(bound.values());
  const choices = kind === 'time' ? [timeOfDay(random)] : words[kind]?.filter((word) => !taken.has(word));
  if (!choices) return null;
  const word = random.pick(choices);
  bound.set(slot, word);
  return word;
}

function timeOfDay(random: Random): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(random.int(6, 21))}:${pad(random.int(0, 11) * 5)}`;
}
