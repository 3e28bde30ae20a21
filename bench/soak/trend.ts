import { round } from '../store/measure.mjs';

/** A measured value over time. */
export interface Point {
  readonly atMs: number;
  readonly value: number;
}

export interface Trend {
  /** Medians of the first and of the last third. */
  readonly first: number;
  readonly last: number;
  /** Of the line of least squares. */
  readonly perHour: number;
  /** Two standard errors of that slope, if the deviations from the line are independent. */
  readonly plusMinus: number;
}

const hourMs = 3_600_000;

/** @throws RangeError with fewer than three points: there is nothing to say */
export function trendOf(points: readonly Point[]): Trend {
  if (points.length < 3) throw new RangeError('three samples at least make a trend');
  const third = Math.floor(points.length / 3);
  const values = points.map(({ value }) => value);
  const { perHour, plusMinus } = slopeOf(points);
  return {
    first: median(values.slice(0, third)),
    last: median(values.slice(-third)),
    perHour: round(perHour),
    plusMinus: round(plusMinus),
  };
}

function slopeOf(points: readonly Point[]): { perHour: number; plusMinus: number } {
  const hours = points.map(({ atMs }) => atMs / hourMs);
  const meanHour = mean(hours);
  const meanValue = mean(points.map(({ value }) => value));
  const spread = sum(hours.map((hour) => (hour - meanHour) ** 2));
  const pairs = points.map(({ value }, i) => ({ x: (hours[i] ?? 0) - meanHour, y: value - meanValue }));
  const perHour = sum(pairs.map(({ x, y }) => x * y)) / spread;
  const rest = sum(pairs.map(({ x, y }) => (y - perHour * x) ** 2));
  return { perHour, plusMinus: 2 * Math.sqrt(rest / Math.max(1, points.length - 2) / spread) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
