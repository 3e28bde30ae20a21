import { percentile, round } from '../store/measure.mjs';

/** What one kind of call took. `spread`: the lowest and highest median of its parts, one after the other in time. */
export interface Timing {
  readonly calls: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly spreadMs: readonly [number, number];
}

const parts = 5;

/** Calls every case in turns, so that the machine's moods meet all of them alike. */
export async function inTurns(
  turns: number,
  cases: readonly ((turn: number) => Promise<unknown>)[],
): Promise<Timing[]> {
  const samples = cases.map(() => [] as number[]);
  for (let turn = 0; turn < turns; turn++) {
    for (const [i, call] of cases.entries()) {
      const started = performance.now();
      await call(turn);
      samples[i]?.push(performance.now() - started);
    }
  }
  return samples.map(timingOf);
}

function timingOf(samples: readonly number[]): Timing {
  const size = Math.ceil(samples.length / parts);
  const medians = Array.from({ length: Math.ceil(samples.length / size) }, (_, i) =>
    percentile(samples.slice(i * size, (i + 1) * size), 0.5),
  );
  return {
    calls: samples.length,
    p50Ms: round(percentile([...samples], 0.5)),
    p99Ms: round(percentile([...samples], 0.99)),
    spreadMs: [round(Math.min(...medians)), round(Math.max(...medians))],
  };
}
