import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { KillCounts } from './faults/kill-lane.ts';
import { components } from './faults/stage.ts';
import type { SegmentResult } from './segment/run-segment.ts';

/** A segment that is over, as it is written down. */
export interface DoneSegment extends SegmentResult {
  readonly index: number;
  /** ISO 8601. */
  readonly date: string;
  /** What it was asked for: with the seed and the index, what it takes to repeat it. */
  readonly wanted: KillCounts;
}

/** A long run, over several calls. */
export interface Progress {
  readonly seed: number;
  readonly clients: number;
  readonly kills: number;
  readonly segments: readonly DoneSegment[];
}

/** More of them say no more. */
const violationsMax = 200;

/** Null when there is none, or one of another run. */
export function readProgress(
  file: string,
  { clients, kills }: Omit<Progress, 'segments' | 'seed'>,
): Progress | null {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const progress = JSON.parse(text) as Progress;
  return progress.clients === clients && progress.kills === kills ? progress : null;
}

/** Whole or not at all: the next call goes on from it. */
export function writeProgress(file: string, { segments, ...rest }: Progress): void {
  const bounded = segments.map((segment) => ({
    ...segment,
    violations: segment.violations.slice(0, violationsMax),
  }));
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...rest, segments: bounded }, null, 1)}\n`);
  renameSync(`${file}.new`, file);
}

/** The kills that are still to be done, after these segments. */
export function killsLeft(kills: number, segments: readonly DoneSegment[]): KillCounts {
  const left: KillCounts = { web: kills, ws: kills, redis: kills, store: kills };
  for (const component of components) {
    for (const segment of segments) left[component] -= segment.kills[component];
    left[component] = Math.max(0, left[component]);
  }
  return left;
}
