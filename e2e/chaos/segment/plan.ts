import type { KillCounts } from '../faults/kill-lane.ts';

/** One segment of a run. */
export interface SegmentPlan {
  readonly seed: number;
  readonly index: number;
  readonly clients: number;
  /** Kills that are still to be done. */
  readonly wanted: Readonly<KillCounts>;
  /** How long its disturbed part may be. */
  readonly disturbedMs: number;
  /** Every kind of fault comes once; otherwise again and again. */
  readonly once: boolean;
  /** Holds the product's data and its log. */
  readonly dir: string;
  readonly say: (line: string) => void;
}
