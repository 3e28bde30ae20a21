import { atMost, type Check, equal } from './attack.ts';
import type { CanaryAccount } from './canary/messages.ts';
import type { Observation } from './observe.ts';

const mib = 1_048_576;
/** What a process may hold more than before, when an attack is over. */
const heldMoreMax = 24 * mib;
/** What it may have taken more at the worst moment: garbage waits for its collection, and an attacker is served too. */
const peakMoreMax = 300 * mib;
/** Connections that are kept for a while in case of another request; an attacker's are closed. */
const descriptorsMoreMax = 250;
/** Beside an attack, how much longer a message of somebody else's may take. */
const delayMaxMs = 100;

/** What every attack is held to, beside what it holds the product to itself. */
export function judge({ pids, canary, statuses, footprints, peaks, latency }: Observation): Check[] {
  const bad = [...statuses].filter(([status]) => status >= 500 && status !== 503);
  return [
    equal('every process lives on', pids.after, pids.before),
    ...delivery(canary),
    equal('no 5xx but 503', bad, []),
    ...Object.entries(footprints.before).flatMap(([name, before]) => {
      const after = footprints.after?.[name];
      if (after === undefined) return [];
      const more = { held: after.held - before.held, peak: (peaks[name] ?? 0) - before.rss };
      return [
        atMost(`MiB that ${name} holds more than before`, round(more.held / mib), heldMoreMax / mib),
        atMost(`MiB that ${name} took more at the worst moment`, round(more.peak / mib), peakMoreMax / mib),
        atMost(
          `descriptors that ${name} has more`,
          after.descriptors - before.descriptors,
          descriptorsMoreMax,
        ),
      ];
    }),
    ...(latency?.reference
      ? [
          atMost('ms that p50 rose', round(latency.attack.p50Ms - latency.reference.p50Ms), delayMaxMs),
          atMost('ms that p99 rose', round(latency.attack.p99Ms - latency.reference.p99Ms), delayMaxMs),
        ]
      : []),
  ];
}

function delivery(canary: CanaryAccount | null): Check[] {
  const { unacknowledged = -1, undelivered = -1, twice = -1, sent = 0 } = canary ?? {};
  return [
    equal(
      `each of the canary's messages is acknowledged once, delivered once`,
      { unacknowledged, undelivered, twice },
      {
        unacknowledged: 0,
        undelivered: 0,
        twice: 0,
      },
    ),
    { what: 'the canary sang', seen: `${sent} messages`, holds: sent > 0 },
  ];
}

const round = (value: number) => Math.round(value * 10) / 10;
