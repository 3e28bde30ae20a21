import type { AttackResult } from './run-attack.ts';
import type { Latency } from './observe.ts';
import { measured } from './stage/measure.ts';
import { table } from '../table.ts';

const mib = 1_048_576;

/** What came of the attacks, for people: one row each, then what did not hold. */
export function report(results: readonly AttackResult[]): string[] {
  const rows = results.map((result) => [
    result.name,
    verdict(result),
    ...latencies(result),
    ...memory(result),
  ]);
  const head = [
    '',
    'checks',
    's',
    'ack p50/p99/max',
    'delivery p50/p99/max',
    'reference',
    ...measured.map((name) => `${name} MiB`),
  ];
  return [
    ...table([head, ...rows]),
    'Delivery in ms beside the attack. Memory: held before → resident peak → held after.',
    ...results.flatMap(({ name, notes }) => notes.map((note) => `  ${name}: ${note}`)),
    ...results.flatMap(({ name, checks }) =>
      checks.filter(({ holds }) => !holds).map(({ what, seen }) => `  FAILED ${name}: ${what}: ${seen}`),
    ),
  ];
}

function verdict({ checks }: AttackResult): string {
  const bad = checks.filter(({ holds }) => !holds).length;
  return bad === 0 ? `${checks.length} hold` : `${bad} of ${checks.length} FAILED`;
}

function latencies({ observation: { latency, seconds } }: AttackResult): string[] {
  const text = (found: Latency | null | undefined) =>
    found ? `${found.p50Ms}/${found.p99Ms}/${found.maxMs}` : '–';
  return [seconds.toFixed(1), text(latency?.acknowledged), text(latency?.attack), text(latency?.reference)];
}

function memory({ observation: { footprints, peaks } }: AttackResult): string[] {
  const size = (bytes: number | undefined) => (bytes === undefined ? '–' : String(Math.round(bytes / mib)));
  return measured.map(
    (name) =>
      `${size(footprints.before[name]?.held)} → ${size(peaks[name])} → ${size(footprints.after?.[name]?.held)}`,
  );
}
