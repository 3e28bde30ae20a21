import type { Random } from './random.ts';

/** When people talk: over the working day, around noon, or at night. */
export type Rhythm = 'day' | 'noon' | 'night';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** How much is said in each hour of the machine's own day, where the demo will mostly be looked at. */
const hourWeights: Readonly<Record<Rhythm, readonly number[]>> = {
  day: [0, 0, 0, 0, 0, 1, 3, 8, 20, 26, 26, 22, 12, 18, 24, 22, 18, 12, 6, 5, 4, 3, 2, 1],
  noon: [0, 0, 0, 0, 0, 0, 0, 1, 4, 10, 22, 40, 30, 10, 3, 4, 3, 1, 1, 1, 0, 0, 0, 0],
  night: [16, 14, 16, 12, 14, 18, 20, 6, 1, 0, 0, 0, 0, 0, 0, 0, 1, 3, 6, 8, 14, 20, 22, 20],
};
const weekendWeight: Readonly<Record<Rhythm, number>> = { day: 0.25, noon: 0.1, night: 0.9 };
const hours = Array.from({ length: 24 }, (_, hour) => hour);

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Ascending times (ms) at which somebody starts to talk, in bursts that follow the rhythm of days and weeks. */
export function planStarts(
  random: Random,
  { from, to }: Span,
  { count, rhythm }: { count: number; rhythm: Rhythm },
) {
  const starts: number[] = [];
  while (starts.length < count) {
    const previous = starts.at(-1);
    const follows = previous !== undefined && random.chance(0.45);
    const start = follows ? previous + random.int(3, 25) * minuteMs : lively(random, { from, to }, rhythm);
    starts.push(Math.min(start, to));
  }
  return starts.sort((a, b) => a - b);
}

function lively(random: Random, { from, to }: Span, rhythm: Rhythm): number {
  // A short span may hold no lively hour at all: after some tries any time will do.
  for (let tries = 0; tries < 50; tries++) {
    const at = new Date(from + random.next() * (to - from));
    at.setHours(
      random.pick(hours, (hour) => hourWeights[rhythm][hour] ?? 0),
      random.int(0, 59),
    );
    const isWeekend = at.getDay() === 0 || at.getDay() === 6;
    if (isWeekend && !random.chance(weekendWeight[rhythm])) continue;
    if (at.getTime() >= from && at.getTime() <= to) return at.getTime();
  }
  return from + random.next() * (to - from);
}

/** How long somebody takes (ms) to read what came before, think, and write this. */
export function pauseBefore(text: string, random: Random): number {
  const thinkingMs = -Math.log(1 - random.next()) * 70_000;
  return Math.round(4_000 + Math.min(thinkingMs, 9 * minuteMs) + Math.min(text.length, 300) * 120);
}

/**
 * Moves times so that each is after the one before and none after `to`: forwards first, then back from the end.
 * The input is nearly in order; a talk that starts inside another waits for it.
 */
export function putInOrder(times: readonly number[], to: number): number[] {
  const gapMs = 1_500;
  const ordered: number[] = [];
  for (const at of times) ordered.push(Math.max(at, (ordered.at(-1) ?? -Infinity) + gapMs));
  let limit = to;
  for (let i = ordered.length - 1; i >= 0; i--) {
    limit = Math.min(ordered[i] ?? limit, limit);
    ordered[i] = limit;
    limit -= gapMs;
  }
  return ordered;
}
