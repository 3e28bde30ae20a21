import type { DemoPerson } from './people.ts';
import type { Talk } from './plan-talks.ts';
import type { Random } from './random.ts';

/** Gives each role of a talk to somebody who is present and, where there is anybody, who speaks its language. */
export function castRoles(talk: Talk, present: readonly DemoPerson[], random: Random): Map<string, string> {
  const cast = new Map(talk.cast);
  for (const { role } of talk.lines) {
    if (cast.has(role)) continue;
    const taken = new Set(cast.values());
    const free = present.filter(({ name }) => !taken.has(name));
    const fluent = free.filter(
      ({ languages }) => talk.language === 'en' || languages.includes(talk.language),
    );
    const candidates = [fluent, free, present].find(({ length }) => length > 0) ?? [];
    const isQuietOnes = talk.begunByQuiet && role === 'A';
    cast.set(
      role,
      random.pick(candidates, ({ talk: talkative }) => (isQuietOnes ? talkative ** -2 : talkative)).name,
    );
  }
  return cast;
}
