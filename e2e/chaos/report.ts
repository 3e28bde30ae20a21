import { violationKinds, violationText } from './checker/violation.ts';
import { components } from './faults/stage.ts';
import type { SegmentResult } from './segment/run-segment.ts';
import { table } from '../table.ts';

const shownMax = 30;

/** What segments did and found, for people. */
export function report(segments: readonly SegmentResult[]): string[] {
  const sum = (of: (segment: SegmentResult) => number) =>
    segments.reduce((total, segment) => total + of(segment), 0);
  const rows = components.map((component) => {
    const recoveries = segments.flatMap(({ recoveriesMs }) => recoveriesMs[component]);
    return [component, String(sum(({ kills }) => kills[component])), ...inSeconds(recoveries)];
  });
  const violations = segments.flatMap((segment) => segment.violations);
  return [
    ...table([['', 'kills that counted', 'back after (median)', '(longest)'], ...rows]),
    `supervisor killed ${sum((segment) => segment.supervisorKills)} times`,
    `faults: ${countsOf(segments.map(({ faults }) => faults))}`,
    `messages: ${sum(({ sent }) => sent)} sent, ${sum((s) => s.acknowledged)} acknowledged, ${sum((s) => s.applied)} applied`,
    `HTTP: ${countsOf(segments.map(({ http }) => http))}`,
    `quiet after: ${segments.map(({ settled }) => `${seconds(settled.sentMs)} sent, ${seconds(settled.caughtUpMs)} caught up`).join('; ')}`,
    `violations: ${violationKinds.map((kind) => `${violations.filter((v) => v.kind === kind).length} ${kind}`).join(', ')}`,
    ...violations.slice(0, shownMax).map((violation) => `  ${violationText(violation)}`),
  ];
}

function inSeconds(durationsMs: readonly number[]): [string, string] {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  return [seconds(sorted[sorted.length >> 1] ?? null), seconds(sorted.at(-1) ?? null)];
}

const seconds = (ms: number | null) => (ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`);

function countsOf(all: readonly Readonly<Record<string, number>>[]): string {
  const names = [...new Set(all.flatMap((counts) => Object.keys(counts)))].sort();
  return names
    .map((name) => `${name} ${all.reduce((total, counts) => total + (counts[name] ?? 0), 0)}`)
    .join(', ');
}
