import { pause } from '../chaos/pause.ts';
import { type Attack, type Check, failed } from './attack.ts';
import { burn } from './burn.ts';
import type { Canary } from './canary/canary.ts';
import { judge } from './judge.ts';
import { latencyOf, type Latency, type Observation } from './observe.ts';
import { forgetPeaks, readFootprints, readPeaks } from './stage/measure.ts';
import type { Stage } from './stage/stage.ts';

/** A run that does not end is a failure too. */
const attackMaxMs = { short: 180_000, long: 600_000 };
const settleMaxMs = 30_000;
/** Between the end of an attack and the look at what it left. */
const afterMs = { short: 1_000, long: 60_000 };
const referenceMs = 20_000;

export interface AttackResult {
  readonly name: string;
  readonly checks: readonly Check[];
  readonly notes: readonly string[];
  readonly observation: Observation;
}

/** One attack beside the canary, from a look at the product before it to one at what is left. */
export async function runAttack(attack: Attack, stage: Stage, canary: Canary): Promise<AttackResult> {
  const before = { pids: stage.pids(), footprints: await readFootprints(stage) };
  forgetPeaks(stage);
  stage.statuses.clear();
  stage.notes.length = 0;
  await canary.window();
  const from = { at: performance.now(), cpu: process.cpuUsage() };
  const own = await outcomeOf(attack, stage);
  const seconds = (performance.now() - from.at) / 1_000;
  const spent = process.cpuUsage(from.cpu);
  const attackerCpuSeconds = (spent.user + spent.system) / 1_000_000;
  const account = await canary.settle(settleMaxMs);
  const window = await canary.window();
  const peaks = await orNull(() => Promise.resolve(readPeaks(stage)));
  await pause(afterMs[stage.size]);
  const after = await orNull(() => readFootprints(stage));
  const share = attackerCpuSeconds / seconds;
  const observation: Observation = {
    pids: { before: before.pids, after: stage.pids() },
    canary: account,
    statuses: new Map(stage.statuses),
    footprints: { before: before.footprints, after },
    peaks: peaks ?? {},
    latency: {
      attack: latencyOf(window.deliveredMs),
      acknowledged: latencyOf(window.acknowledgedMs),
      reference: stage.size === 'long' ? await measureReference(canary, share) : null,
    },
    attackerCpuSeconds,
    seconds,
  };
  return { name: attack.name, checks: [...own, ...judge(observation)], notes: [...stage.notes], observation };
}

async function outcomeOf(attack: Attack, stage: Stage): Promise<readonly Check[]> {
  const ended = new AbortController();
  const late = pause(attackMaxMs[stage.size], ended.signal).then(() => {
    if (!ended.signal.aborted) throw new Error('it did not end');
    return [];
  });
  try {
    return await Promise.race([attack.run(stage), late]);
  } catch (error) {
    return [failed('the attack runs to its end', error)];
  } finally {
    ended.abort();
  }
}

/** The canary beside a quiet product, on a machine that has as much else to do as during the attack. */
async function measureReference(canary: Canary, share: number): Promise<Latency> {
  await canary.window();
  await burn(share, referenceMs);
  await canary.settle(settleMaxMs);
  return latencyOf((await canary.window()).deliveredMs);
}

/** Null when a process that was to be looked at has ended. */
async function orNull<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch {
    // That it ended is found by its pid.
    return null;
  }
}
