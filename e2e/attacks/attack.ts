import type { Stage } from './stage/stage.ts';

/** One thing that a product under attack is held to. */
export interface Check {
  readonly what: string;
  /** In words, with the figures. */
  readonly seen: string;
  readonly holds: boolean;
}

/** One way to do harm, within bounds, on a product of our own. */
export interface Attack {
  readonly name: string;
  /** What goes out, for people. */
  readonly sends: string;
  /** Not in the short form: what it shows are latencies. */
  readonly isLong?: true;
  /** Without this the attack shows nothing on this machine. */
  readonly needs?: () => boolean;
  /** Does it, and judges by counts and states what came of it; never by the clock. */
  run(stage: Stage): Promise<readonly Check[]>;
}

/** At most so many of what was sent may have got through. */
export function atMost(what: string, count: number, max: number): Check {
  return { what, seen: `${count} of at most ${max}`, holds: count <= max };
}

/** Exactly so. */
export function equal(what: string, seen: unknown, wanted: unknown): Check {
  return {
    what,
    seen: `${JSON.stringify(seen)}, wanted ${JSON.stringify(wanted)}`,
    holds: JSON.stringify(seen) === JSON.stringify(wanted),
  };
}

/** Every one of a list; those for which it does not hold are named. */
export function every<T>(
  what: string,
  list: readonly T[],
  holds: (item: T) => boolean,
  describe: (item: T) => string,
): Check {
  const bad = list.filter((item) => !holds(item));
  const shown = bad.slice(0, 5).map(describe).join('; ');
  return {
    what,
    seen: bad.length === 0 ? `all of ${list.length}` : `not ${bad.length} of ${list.length}: ${shown}`,
    holds: bad.length === 0 && list.length > 0,
  };
}

/** What went wrong before anything could be told. */
export function failed(what: string, error: unknown): Check {
  return { what, seen: error instanceof Error ? error.message : String(error), holds: false };
}
