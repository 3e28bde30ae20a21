import { type DemoPerson, demoPeople } from './people.ts';
import { dayMs, hourMs, minuteMs } from './plan-times.ts';
import type { Random } from './random.ts';
import type { Setting } from './setting.ts';

/** From the first account's first full day to the end, in ms. */
export interface DemoSpan {
  readonly start: number;
  readonly until: number;
}

/** When somebody made their account (ms). */
export function accountTime({ name, arrival }: DemoPerson, { start }: DemoSpan): number {
  const index = demoPeople.findIndex((person) => person.name === name);
  if (!arrival) return start - dayMs + index * 37 * minuteMs;
  return new Date(start + arrival.day * dayMs).setHours(10, index);
}

/**
 * When each member came into a conversation (ms), in the order of its members. The first made it then; groups and
 * direct conversations begin with everybody in them.
 */
export function joinTimes(setting: Setting, span: DemoSpan, random: Random): Map<string, number> {
  const accounts = setting.members.map((name) => {
    const person = demoPeople.find((candidate) => candidate.name === name);
    if (!person) throw new Error(`${setting.key}: nobody is called ${name}`);
    return accountTime(person, span);
  });
  if (setting.kind !== 'room') {
    const begun = Math.max(span.start, ...accounts) + random.int(2 * hourMs, 3 * dayMs);
    return new Map(setting.members.map((name) => [name, begun]));
  }
  const begun = span.start + random.int(1 * hourMs, 10 * hourMs);
  const roomSpan = { start: begun, until: span.until };
  return new Map(
    setting.members.map((name, i) => [
      name,
      i === 0 ? begun : joinTime(i, accounts[i] ?? begun, roomSpan, random),
    ]),
  );
}

function joinTime(index: number, account: number, { start, until }: DemoSpan, random: Random): number {
  if (account > start) return account + random.int(10, 90) * minuteMs;
  // The first ones come at once, so that there is a conversation from the beginning.
  if (index < 6 || random.chance(0.7)) return start + random.int(2 * minuteMs, 50 * minuteMs);
  return start + Math.round(random.next() * 0.6 * (until - start));
}
