import { appendFileSync, readFileSync } from 'node:fs';
import type { Allocation } from './allocations.ts';
import type { Deeds } from './load.ts';
import type { Sample } from './sample.ts';

/** What a run writes down as it goes, one per line: a report can be made of what is there, whatever became of the run. */
export type Line =
  | {
      readonly is: 'start';
      /** ISO 8601. */
      readonly date: string;
      /** Under load, the warm-up included. */
      readonly minutes: number;
      readonly warmUpMinutes: number;
      readonly people: number;
    }
  | ({ readonly is: 'sample' } & Sample)
  | { readonly is: 'fault'; readonly atMs: number; readonly name: string }
  | {
      readonly is: 'end';
      readonly deeds: Deeds;
      /** Keys that outlived the load, by what they are for. */
      readonly redisKeysLeft: Readonly<Record<string, number>>;
      /** Since the warm-up, by process. */
      readonly allocations: Readonly<Record<string, readonly Allocation[]>>;
    };

export function write(file: string, line: Line): void {
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** A last line that was cut off by a kill is left out. */
export function readJournal(file: string): Line[] {
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as Line);
}
