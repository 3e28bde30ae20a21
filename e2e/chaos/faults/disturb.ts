import { pause } from '../pause.ts';
import type { Random } from '../random.ts';
import { deviceFaults } from './device-faults.ts';
import type { Fault } from './fault.ts';
import { networkFaults } from './network-faults.ts';
import { processFaults } from './process-faults.ts';
import type { Stage } from './stage.ts';
import { storeFaults } from './store-faults.ts';

export const faults: readonly Fault[] = [...processFaults, ...storeFaults, ...networkFaults, ...deviceFaults];

/** Whatever was away comes back within a restart: then the fault is tried again. */
const triesMax = 120;
const tryAgainMs = 500;

interface Disturbance {
  readonly random: Random;
  readonly pauseMaxMs: number;
  /** Every kind once, or again and again until the stage's signal aborts. */
  readonly once: boolean;
  readonly onDone: (name: string) => void;
}

/** Lets everything but kills go wrong, one after the other. */
export async function disturb(
  stage: Stage,
  { random, pauseMaxMs, once, onDone }: Disturbance,
): Promise<void> {
  do {
    for (const fault of random.shuffled(faults)) {
      if (stage.signal.aborted) return;
      if (!(await tryUntilDone(fault, stage, random))) return;
      onDone(fault.name);
      await pause(random.whole(0, pauseMaxMs), stage.signal);
    }
  } while (!once);
}

/** False when the signal aborted before. */
async function tryUntilDone(fault: Fault, stage: Stage, random: Random): Promise<boolean> {
  for (let tries = 1; tries <= triesMax; tries += 1) {
    if (stage.signal.aborted) return false;
    if (await fault.run(stage, random)) return true;
    await pause(tryAgainMs, stage.signal);
  }
  throw new Error(`${fault.name} was not possible`);
}
