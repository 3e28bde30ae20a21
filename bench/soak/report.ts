import { cpus } from 'node:os';
import { judgeLoaded, judgeStill, type LoadedRow, type StillRow } from './judge.ts';
import type { Line } from './journal.ts';
import { median } from './trend.ts';

/** What a run showed, as it is kept; sizes in bytes. */
export interface SoakResult {
  /** ISO 8601, of its start. */
  readonly date: string;
  readonly machine: { readonly node: string; readonly cores: number; readonly model: string };
  readonly minutes: number;
  readonly warmUpMinutes: number;
  readonly people: number;
  /** Whole: it came to its end. */
  readonly whole: boolean;
  readonly samples: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly loaded: readonly LoadedRow[];
  readonly still: readonly StillRow[];
  /** Of the store's folder at the first and at the last sample: it grows with what people write. */
  readonly storeBytes: readonly [number, number];
  /** Of the machine, the median of the samples. */
  readonly loadAverage: number;
  readonly end: Omit<Extract<Line, { is: 'end' }>, 'is'> | null;
  /** What passed its bound. */
  readonly grew: readonly string[];
}

/** @throws Error when the lines are not those of a run */
export function resultOf(lines: readonly Line[]): SoakResult {
  const [start] = lines;
  if (start?.is !== 'start') throw new Error('this is not the journal of a run');
  const samples = lines.filter((line) => line.is === 'sample');
  const end = lines.find((line) => line.is === 'end') ?? null;
  const faults: Record<string, number> = {};
  for (const line of lines) if (line.is === 'fault') faults[line.name] = (faults[line.name] ?? 0) + 1;
  const loaded = judgeLoaded(samples);
  const still = judgeStill(samples);
  const { date, minutes, warmUpMinutes, people } = start;
  return {
    date,
    machine: { node: process.version, cores: cpus().length, model: cpus()[0]?.model ?? '' },
    minutes,
    warmUpMinutes,
    people,
    whole: end !== null,
    samples: samples.length,
    faults,
    loaded,
    still,
    storeBytes: [samples.at(0)?.storeBytes ?? 0, samples.at(-1)?.storeBytes ?? 0],
    loadAverage: median(samples.map(({ loadAverage }) => loadAverage)),
    end: end && {
      deeds: end.deeds,
      redisKeysLeft: end.redisKeysLeft,
      allocations: end.allocations,
    },
    grew: [
      ...loaded.filter(({ holds }) => !holds).map((row) => `${row.process} ${row.measure} under load`),
      ...still.filter(({ holds }) => !holds).map((row) => `${row.process} ${row.measure} after it`),
    ],
  };
}

const mib = 1_048_576;
const inMib = new Set(['heapUsed', 'external', 'anonymous', 'usedMemory']);

/** For people. */
export function print({ loaded, still, grew, whole, faults, end }: SoakResult): void {
  console.table(loaded.map((row) => shown(row, ['first', 'last', 'perHour', 'plusMinus', 'bound'])));
  console.table(still.map((row) => shown(row, ['cold', 'before', 'after', 'bound'])));
  console.log('faults:', faults, 'done:', end?.deeds.done, 'failed:', end?.deeds.failed);
  console.log('Redis keys left:', end?.redisKeysLeft);
  if (!whole) console.log('The run did not come to its end.');
  console.log(grew.length === 0 ? 'Nothing grew.' : `Grew: ${grew.join(', ')}`);
}

function shown<Row extends LoadedRow | StillRow>(row: Row, names: readonly (keyof Row)[]) {
  const { process, measure, holds } = row;
  const unit = inMib.has(measure) ? mib : 1;
  const values = names.map((name) => [name, Math.round((Number(row[name]) / unit) * 10) / 10]);
  const name = unit === mib ? `${measure} (MiB)` : measure;
  return { process, measure: name, ...(Object.fromEntries(values) as object), holds };
}
