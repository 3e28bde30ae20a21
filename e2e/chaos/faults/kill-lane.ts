import { pause } from '../pause.ts';
import type { ServiceName } from '../product/product.ts';
import type { Random } from '../random.ts';
import { type Kill, killInFlight } from './kill.ts';
import { type Component, components, type Stage } from './stage.ts';

export type KillCounts = Record<Component, number>;

interface KillPlan {
  readonly random: Random;
  /** How many are still to be done. */
  readonly wanted: Readonly<KillCounts>;
  readonly pauseMaxMs: number;
  readonly onKill: (kill: Kill) => void;
  /** Services that outlived their supervisor. */
  readonly onSupervisorKilled: (outlived: readonly ServiceName[]) => void;
}

/**
 * Kills processes until all wanted kills counted, or the stage's signal aborts; the component that lacks most comes
 * first. Once, in between, the supervisor itself.
 */
export async function killAll(stage: Stage, plan: KillPlan): Promise<void> {
  const { random, wanted, pauseMaxMs } = plan;
  const left = { ...wanted };
  const total = Math.max(1, sum(left));
  // Early enough to come in a run that is cut short, too.
  const supervisorAfter = random.whole(1, Math.min(total, 6));
  let done = 0;
  for (;;) {
    if (done === supervisorAfter && !stage.signal.aborted) {
      plan.onSupervisorKilled(await stage.product.killSupervisor());
      done += 1;
    }
    if (stage.signal.aborted || sum(left) === 0) return;
    const most = Math.max(...Object.values(left));
    const component = random.pick(components.filter((name) => left[name] === most));
    const kill = await killInFlight(stage, component, random);
    if (kill !== null) {
      left[component] -= 1;
      done += 1;
      plan.onKill(kill);
    }
    await pause(random.whole(0, pauseMaxMs), stage.signal);
  }
}

const sum = (counts: Readonly<KillCounts>) => Object.values(counts).reduce((a, b) => a + b, 0);
