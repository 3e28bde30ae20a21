import { loadedBounds, type Measure, stillBounds } from './bounds.ts';
import type { Sample, State } from './sample.ts';
import { type Trend, trendOf } from './trend.ts';

interface Row {
  readonly process: string;
  readonly measure: Measure;
  readonly bound: number;
  readonly holds: boolean;
}

/** A value under load. */
export interface LoadedRow extends Row, Trend {}

/** A value with nobody connected: before anybody ever was, after the warm-up, and at the end. */
export interface StillRow extends Row {
  readonly cold: number;
  readonly before: number;
  readonly after: number;
}

/** One row for each value of each process that was taken three times at least. */
export function judgeLoaded(samples: readonly Sample[]): LoadedRow[] {
  const loaded = samples.filter(({ phase }) => phase === 'loaded');
  return measuresOf(loaded, loadedBounds).flatMap(({ process, measure, boundOf }) => {
    const points = loaded.flatMap(({ atMs, processes }) => {
      const value = valueOf(processes[process], measure);
      return value === undefined ? [] : [{ atMs, value }];
    });
    if (points.length < 3) return [];
    const trend = trendOf(points);
    const bound = boundOf(trend.first);
    return [{ process, measure, ...trend, bound, holds: trend.last <= bound }];
  });
}

/** None while a run has not come to its end. */
export function judgeStill(samples: readonly Sample[]): StillRow[] {
  const find = (phase: Sample['phase']) => samples.find((sample) => sample.phase === phase);
  const [cold, before, after] = [find('cold'), find('before'), find('after')];
  if (!cold || !before || !after) return [];
  return measuresOf([after], stillBounds).map(({ process, measure, boundOf }) => {
    const value = ({ processes }: Sample) => valueOf(processes[process], measure) ?? 0;
    const bound = boundOf(value(before));
    const values = { cold: value(cold), before: value(before), after: value(after) };
    return { process, measure, ...values, bound, holds: values.after <= bound };
  });
}

function valueOf(state: State | undefined, measure: Measure): number | undefined {
  if (measure !== 'listenersPerSocket') return state?.[measure];
  const { listeners, sockets } = state ?? {};
  return listeners === undefined || !sockets ? undefined : listeners / sockets;
}

/** What has a bound, of each process that any of the samples tells it of. */
function measuresOf(samples: readonly Sample[], bounds: typeof loadedBounds) {
  const names = [...new Set(samples.flatMap(({ processes }) => Object.keys(processes)))];
  const measures = Object.entries(bounds) as [Measure, (typeof bounds)[Measure]][];
  return names.flatMap((process) =>
    measures.flatMap(([measure, boundOf]) => {
      const isTold = samples.some(({ processes }) => valueOf(processes[process], measure) !== undefined);
      return boundOf && isTold ? [{ process, measure, boundOf }] : [];
    }),
  );
}
