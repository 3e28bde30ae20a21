import type { CanaryAccount, CanaryWindow } from './canary/messages.ts';
import type { Footprints } from './stage/measure.ts';

/** Of a window's messages. */
export interface Latency {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What became of the product and its other users, before, during and after an attack. */
export interface Observation {
  readonly pids: Readonly<Record<'before' | 'after', Readonly<Record<string, number | undefined>>>>;
  /** Null: it could not be asked. */
  readonly canary: CanaryAccount | null;
  readonly statuses: ReadonlyMap<number, number>;
  readonly footprints: { readonly before: Footprints; readonly after: Footprints | null };
  /** Resident bytes at the worst moment. */
  readonly peaks: Readonly<Record<string, number>>;
  /** From sending to showing at the reader, of the messages sent during the attack. */
  readonly latency: {
    readonly attack: Latency;
    readonly acknowledged: Latency;
    /** Beside an idle product, while something burns as much CPU as the attacker did; only in the long form. */
    readonly reference: Latency | null;
  } | null;
  /** Of the attacking process, during the attack. */
  readonly attackerCpuSeconds: number;
  readonly seconds: number;
}

export function latencyOf(times: CanaryWindow['deliveredMs']): Latency {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
