import { setMaxListeners } from 'node:events';
import { act } from '../clients/actions.ts';
import { loadHttp } from '../clients/http-load.ts';
import type { Population } from '../clients/population.ts';
import { disturb } from '../faults/disturb.ts';
import { killAll } from '../faults/kill-lane.ts';
import type { Stage } from '../faults/stage.ts';
import { pause } from '../pause.ts';
import { seededRandom } from '../random.ts';
import type { SegmentPlan } from './plan.ts';
import { type Score, ScoreKeeper } from './score.ts';

const warmUpMs = 2_000;
/** Of all devices together; a user may send one message a second. */
const actionsPerSecond = 15;
const httpParallel = 4;

/** Longest pauses between faults. */
const paces = {
  once: { killsMs: 1_000, faultsMs: 500 },
  again: { killsMs: 2_000, faultsMs: 3_000 },
};

interface Parts extends Omit<Stage, 'signal'> {
  readonly origin: string;
  readonly population: Population;
}

/** People act, requests go, faults happen; then the faults end, then the people stop. */
export async function runDisturbed(plan: SegmentPlan, parts: Parts): Promise<Score> {
  const { origin, population, ...rest } = parts;
  const random = (what: string) => seededRandom(`${plan.seed}/${plan.index}/${what}`);
  const people = new AbortController();
  const stage: Stage = { ...rest, signal: AbortSignal.timeout(plan.disturbedMs) };
  // Every device, request and wait listens.
  setMaxListeners(0, stage.signal, people.signal);
  const { signal } = people;
  const http = loadHttp({ origin, population, parallel: httpParallel, random: random('http'), signal });
  const perSecond = actionsPerSecond / stage.devices.length;
  const acting = stage.devices.map((device) =>
    act(device, { perSecond, random: random(`acts of ${device.number}`), signal }),
  );
  await pause(warmUpMs);

  const score = new ScoreKeeper(plan.say);
  const pace = paces[plan.once ? 'once' : 'again'];
  try {
    await Promise.all([
      killAll(stage, {
        random: random('kills'),
        wanted: plan.wanted,
        pauseMaxMs: pace.killsMs,
        onKill: score.kill,
        onSupervisorKilled: score.supervisorKilled,
      }),
      disturb(stage, {
        random: random('faults'),
        pauseMaxMs: pace.faultsMs,
        once: plan.once,
        onDone: score.fault,
      }),
    ]);
    await score.recovered();
  } finally {
    people.abort();
  }
  plan.say('The faults are over.');
  await Promise.all(acting);
  const outcomes = await http;
  plan.say('The people have stopped.');
  return score.total(outcomes);
}
