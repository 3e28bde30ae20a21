import { join } from 'node:path';

/** One run. */
export interface Plan {
  /** Under load, the warm-up included. */
  readonly minutes: number;
  readonly warmUpMs: number;
  readonly loadedMs: number;
  readonly sampleEveryMs: number;
  readonly faultEveryMs: number;
  readonly people: number;
  /** The product leaks on purpose. */
  readonly control: boolean;
  /** Holds the product's data and its log. */
  readonly dir: string;
  readonly journal: string;
  readonly say: (line: string) => void;
}

const people = 30;
const minuteMs = 60_000;
/** Of the whole: 10 minutes of an hour. */
const warmUpShare = 1 / 6;
/** A run that is short has as many samples and faults as can be judged. */
const samplesMin = 15;
const faultsMin = 8;

/** `dir`: a folder for this run alone. */
export function planOf({
  minutes,
  control,
  dir,
  say,
}: Pick<Plan, 'minutes' | 'control' | 'dir' | 'say'>): Plan {
  const warmUpMs = minutes * warmUpShare * minuteMs;
  const loadedMs = minutes * minuteMs - warmUpMs;
  return {
    minutes,
    warmUpMs,
    loadedMs,
    sampleEveryMs: Math.min(minuteMs, loadedMs / samplesMin),
    faultEveryMs: Math.min(3 * minuteMs, loadedMs / (faultsMin + 1)),
    people,
    control,
    dir,
    journal: join(dir, 'journal.jsonl'),
    say,
  };
}
