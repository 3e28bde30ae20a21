import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { latencyOf, type Observation } from './observe.ts';

const mib = 1_048_576;
const pids = { web: 1, ws: 2, store: 3, redis: 4 };
const footprints = { web: { held: 70 * mib, rss: 120 * mib, descriptors: 40 } };

/** A product that felt nothing. */
const calm: Observation = {
  pids: { before: pids, after: pids },
  canary: { sent: 20, unacknowledged: 0, undelivered: 0, twice: 0 },
  statuses: new Map([
    [200, 5],
    [429, 90],
    [503, 2],
  ]),
  footprints: { before: footprints, after: footprints },
  peaks: { web: 130 * mib },
  latency: {
    attack: latencyOf([20, 30, 40]),
    acknowledged: latencyOf([10, 20, 30]),
    reference: latencyOf([15, 20, 30]),
  },
  attackerCpuSeconds: 1,
  seconds: 5,
};

/** What does not hold. */
const found = (change: Partial<Observation>) =>
  judge({ ...calm, ...change })
    .filter(({ holds }) => !holds)
    .map(({ what }) => what);

describe('an attack is judged', () => {
  it('to have done nothing', () => {
    expect(found({})).toEqual([]);
  });

  it('to have ended a process', () => {
    expect(found({ pids: { before: pids, after: { ...pids, web: 9 } } })).toEqual(['every process lives on']);
  });

  it('to have cost somebody a message, or to have shown it twice', () => {
    const canary = { sent: 20, unacknowledged: 0, undelivered: 0, twice: 0 };
    for (const harm of [{ unacknowledged: 1 }, { undelivered: 1 }, { twice: 1 }])
      expect(found({ canary: { ...canary, ...harm } })).toHaveLength(1);
    expect(found({ canary: null })).toHaveLength(2);
  });

  it('to have met a bug', () => {
    expect(found({ statuses: new Map([[500, 1]]) })).toEqual(['no 5xx but 503']);
  });

  it('to have left memory and connections behind', () => {
    const { web } = footprints;
    const after = { web: { held: web.held + 30 * mib, rss: web.rss, descriptors: 400 } };
    expect(found({ footprints: { before: footprints, after } })).toEqual([
      'MiB that web holds more than before',
      'descriptors that web has more',
    ]);
    expect(found({ peaks: { web: 500 * mib } })).toEqual(['MiB that web took more at the worst moment']);
  });

  it('to have been felt, where latencies have something to be held against', () => {
    const attack = latencyOf([20, 30, 400]);
    const latency = { attack, acknowledged: attack, reference: latencyOf([15, 20, 30]) };
    expect(found({ latency })).toEqual(['ms that p99 rose']);
    expect(found({ latency: { ...latency, reference: null } })).toEqual([]);
  });
});
