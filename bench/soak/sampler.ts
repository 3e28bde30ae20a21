import { pause } from '@confab/e2e/chaos/pause';
import type { Town } from './actions.ts';
import { write } from './journal.ts';
import type { Plan } from './plan.ts';
import { type Phase, type Scene, takeSample } from './sample.ts';

/** Under load, one sample of so many counts what is in the heaps. */
const censusEvery = 5;

/** Takes the samples of one run, and writes them down. */
export class Sampler {
  readonly #plan: Plan;
  readonly #scene: Scene;
  readonly #town: Town;
  readonly #from = performance.now();

  constructor(plan: Plan, scene: Scene, town: Town) {
    this.#plan = plan;
    this.#scene = scene;
    this.#town = town;
  }

  async take(phase: Phase, withCensus = true): Promise<void> {
    const onlineDevices = this.#town.people.filter(({ device }) => device.isOnline).length;
    const found = await takeSample(this.#scene, { withCensus });
    write(this.#plan.journal, { is: 'sample', phase, atMs: this.#atMs, onlineDevices, ...found });
    this.#plan.say(`${phase}: ${onlineDevices} devices online`);
  }

  /** At the plan's pace, until the signal aborts. */
  async takeUntil(signal: AbortSignal, phase: Phase): Promise<void> {
    const from = performance.now();
    for (let turn = 1; ; turn += 1) {
      await pause(from + turn * this.#plan.sampleEveryMs - performance.now(), signal);
      if (signal.aborted) return;
      await this.take(phase, turn % censusEvery === 0);
    }
  }

  noteFault(name: string): void {
    write(this.#plan.journal, { is: 'fault', atMs: this.#atMs, name });
    this.#plan.say(name);
  }

  get #atMs(): number {
    return Math.round(performance.now() - this.#from);
  }
}
