import { percentile, round } from '../store/measure.mjs';

/** One thing that was measured, beside what is promised of it. */
export interface Figure {
  readonly what: string;
  /** How many, how often, under which circumstances. */
  readonly size: string;
  readonly seen: string;
  /** Null: it is reported, and nothing is promised of it. */
  readonly promised: string | null;
  readonly holds: boolean;
  /** The numbers behind `seen`, times in milliseconds. */
  readonly data: Readonly<Record<string, number>>;
}

interface About {
  readonly what: string;
  readonly size: string;
}

/** Milliseconds as people read them. */
export function inWords(ms: number): string {
  return Math.abs(ms) < 1_000 ? `${String(Math.round(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** Times in milliseconds; the longest of them is what a limit is held against. No times at all never hold one. */
export function timesFigure(about: About, times: readonly number[], maxMs: number | null): Figure {
  const [p50Ms, p99Ms] = [percentile([...times], 0.5), percentile([...times], 0.99)];
  const [minMs, longestMs] = [Math.min(...times), Math.max(...times)];
  return {
    ...about,
    seen: times.length === 0 ? 'none' : `${inWords(p50Ms)} (${inWords(minMs)} to ${inWords(longestMs)})`,
    promised: maxMs === null ? null : `≤ ${inWords(maxMs)}`,
    holds: maxMs === null || (times.length > 0 && longestMs <= maxMs),
    data:
      times.length === 0
        ? { count: 0 }
        : {
            count: times.length,
            minMs: round(minMs),
            p50Ms: round(p50Ms),
            p99Ms: round(p99Ms),
            maxMs: round(longestMs),
          },
  };
}

/** A count that must be exactly so, at most so, or is only reported. */
export function countFigure(
  about: About,
  count: number,
  promised: { readonly exactly: number } | { readonly atMost: number } | null,
): Figure {
  const common = { ...about, seen: count.toLocaleString('en'), data: { count } };
  if (promised === null) return { ...common, promised: null, holds: true };
  return 'exactly' in promised
    ? { ...common, promised: promised.exactly.toLocaleString('en'), holds: count === promised.exactly }
    : { ...common, promised: `≤ ${promised.atMost.toLocaleString('en')}`, holds: count <= promised.atMost };
}
