import { reactions } from './lines/reactions.ts';
import { type Exchange, type ExchangeLine, parseExchanges } from './parse-exchanges.ts';
import { demoPeople } from './people.ts';
import type { Random } from './random.ts';
import type { Setting } from './setting.ts';

/** An exchange as it will be held, before it has its time and people. */
export interface Talk extends Exchange {
  /** Roles that are given already. */
  readonly cast: ReadonlyMap<string, string>;
  /** Rather by those who write little elsewhere: they are the ones with questions. */
  readonly begunByQuiet: boolean;
  /** Whose arrival it is about; null: nobody's. */
  readonly arrival: string | null;
}

/** What is said in a conversation: exactly `messages` lines, the ending among them. */
export function planTalks(
  setting: Setting,
  messages: number,
  random: Random,
): { talks: Talk[]; ending: Talk } {
  const ending = endingOf(setting, messages);
  let left = messages - ending.lines.length;
  const talks: Talk[] = [];
  const add = (talk: Talk) => {
    const lines = talk.lines.slice(0, left);
    left -= lines.length;
    if (lines.length > 0) talks.push({ ...talk, lines });
  };
  if (setting.greets) arrivalsAt(setting).forEach(add);
  while (left > 0) dealt(setting, random).forEach(add);
  return { talks, ending };
}

function endingOf({ ending, mainly }: Setting, linesMax: number): Talk {
  const lines = ending.slice(-linesMax);
  return {
    language: mainly,
    lines: lines.map(([role, text]) => ({ role, text })),
    cast: new Map(lines.map(([name]) => [name, name])),
    begunByQuiet: false,
    arrival: null,
  };
}

function arrivalsAt({ members: [host = ''] }: Setting): Talk[] {
  return demoPeople.flatMap(({ name, arrival }): Talk[] => {
    if (!arrival) return [];
    const greeting =
      'Welcome, {A}! <Coffee is behind the second door|The list of rooms is on the left|Ask anything>.';
    const lines = [
      { role: 'A', text: arrival.hello },
      { role: 'B', text: greeting },
      { role: 'C', text: '<👋|Hello {A}!|Welcome 🙂>' },
    ];
    const cast = new Map([
      ['A', name],
      ['B', host],
    ]);
    return [{ language: 'en', lines, cast, begunByQuiet: false, arrival: name }];
  });
}

/** Each exchange of the setting once, in a new order: none comes again before the others have been. */
function dealt(setting: Setting, random: Random): Talk[] {
  const deck = random.shuffled(setting.scripts.flatMap(parseExchanges));
  return deck
    .filter((exchange) => isHeard(exchange, setting, random))
    .map((exchange) => withReaction(exchange, setting, random));
}

function isHeard({ language }: Exchange, { members, mainly }: Setting, random: Random): boolean {
  if (language === 'en') return mainly === 'en' || random.chance(0.3);
  const speakers = demoPeople.filter(
    ({ name, languages }) => members.includes(name) && languages.includes(language),
  );
  return speakers.length >= 2 && (language === mainly || mainly === 'en');
}

function withReaction(exchange: Exchange, { kind, greets }: Setting, random: Random): Talk {
  const isAnswered = random.chance(kind === 'direct' ? 0.1 : 0.3);
  const reaction: ExchangeLine[] = isAnswered ? [{ role: 'onlooker', text: random.pick(reactions) }] : [];
  return {
    ...exchange,
    lines: [...exchange.lines, ...reaction],
    cast: new Map(),
    begunByQuiet: greets ?? false,
    arrival: null,
  };
}
