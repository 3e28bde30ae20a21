import { castRoles } from './cast-roles.ts';
import { demoPeople } from './people.ts';
import { type DemoSpan, joinTimes } from './plan-joins.ts';
import { hourMs, minuteMs, pauseBefore, planStarts, putInOrder } from './plan-times.ts';
import { planTalks, type Talk } from './plan-talks.ts';
import { createRandom, type Random } from './random.ts';
import type { Setting } from './setting.ts';
import { type Bindings, writeLine } from './write-line.ts';

export type Step =
  | { readonly kind: 'join'; readonly at: Date; readonly name: string }
  | { readonly kind: 'message'; readonly at: Date; readonly name: string; readonly text: string };

export interface ConversationPlan {
  readonly setting: Setting;
  readonly createdAt: Date;
  /** Ascending by time. */
  readonly steps: readonly Step[];
}

/** Everything that happens in one conversation. The same arguments give the same plan. */
export function planConversation(
  setting: Setting,
  { seed, span, messages }: { seed: string; span: DemoSpan; messages: number },
): ConversationPlan {
  const random = createRandom(`${seed}/${setting.key}`);
  const joinedAt = joinTimes(setting, span, random);
  const createdAt = Math.min(...joinedAt.values());
  const joins = [...joinedAt]
    .slice(setting.kind === 'room' ? 1 : joinedAt.size)
    .map(([name, at]): Step => ({ kind: 'join', at: new Date(at), name }));
  const spoken = writeTalks(placeTalks({ setting, joinedAt, span, messages }, random), joinedAt, random);
  return {
    setting,
    createdAt: new Date(createdAt),
    steps: [...joins, ...spoken].sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

interface PlacedTalk {
  readonly talk: Talk;
  readonly times: readonly number[];
}

interface Placing {
  readonly setting: Setting;
  readonly joinedAt: ReadonlyMap<string, number>;
  readonly span: DemoSpan;
  readonly messages: number;
}

/** Gives each talk its times. The ending ends where the conversation falls quiet; the rest lies before it. */
function placeTalks({ setting, joinedAt, span, messages }: Placing, random: Random): PlacedTalk[] {
  const { talks, ending } = planTalks(setting, messages, random);
  const pausesOf = ({ lines }: Talk) => lines.map(({ text }) => pauseBefore(text, random));
  const endingTimes = endingAt(span.until - setting.quietHours * hourMs, pausesOf(ending));
  const to = (endingTimes[0] ?? span.until) - 2 * minuteMs;
  // Long enough after the beginning for the first to have joined.
  const from = Math.min(...joinedAt.values()) + hourMs;
  const rhythmic = talks.filter(({ arrival }) => arrival === null).length;
  const starts = planStarts(random, { from, to }, { count: rhythmic, rhythm: setting.rhythm });
  const started = talks.map((talk) => {
    const joined = talk.arrival === null ? undefined : joinedAt.get(talk.arrival);
    return { talk, start: joined === undefined ? (starts.shift() ?? to) : joined + 3 * minuteMs };
  });
  started.sort((a, b) => a.start - b.start);
  const times = putInOrder(
    started.flatMap(({ talk, start }) => runningFrom(start, pausesOf(talk))),
    to,
  );
  const placed = started.map(({ talk }) => ({ talk, times: times.splice(0, talk.lines.length) }));
  return [...placed, { talk: ending, times: endingTimes }];
}

function runningFrom(start: number, pauses: readonly number[]): number[] {
  let at = start;
  return pauses.map((pause, i) => (at += i === 0 ? 0 : pause));
}

function endingAt(end: number, pauses: readonly number[]): number[] {
  const lengthMs = pauses.slice(1).reduce((sum, pause) => sum + pause, 0);
  return runningFrom(end - lengthMs, pauses);
}

function writeTalks(
  placed: readonly PlacedTalk[],
  joinedAt: ReadonlyMap<string, number>,
  random: Random,
): Step[] {
  return placed.flatMap(({ talk, times }) => {
    const [begins = 0] = times;
    const present = demoPeople.filter(({ name }) => (joinedAt.get(name) ?? Infinity) <= begins);
    const cast = castRoles(talk, present, random);
    const bound: Bindings = new Map(cast);
    return talk.lines.map(({ role, text }, i): Step => ({
      kind: 'message',
      at: new Date(times[i] ?? begins),
      name: cast.get(role) ?? role,
      text: writeLine(text, bound, random),
    }));
  });
}
