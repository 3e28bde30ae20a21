import { Fifo, type Place } from './fifo.ts';
import { NotBegunError } from './not-begun-error.ts';
import type { OperationScope } from './operation-scope.ts';

export interface GateBounds {
  readonly atOnceMax: number;
  readonly atOncePerKeyMax: number;
  readonly waitingMax: number;
  readonly waitingPerKeyMax: number;
}

interface Waiting {
  readonly lane: Lane;
  readonly signal: AbortSignal | undefined;
  readonly begin: () => void;
  readonly drop: (reason: NotBegunError) => void;
}

interface Lane {
  readonly key: string;
  running: number;
  readonly waiting: Fifo<Waiting>;
  /** Among the lanes that wait for nothing but a free place; null: not there. */
  ready: Place<Lane> | null;
}

/**
 * Lets so much run at once; the rest waits, and keys take turns: somebody who asks for 2,000 things delays another by
 * one of them, not by 2,000. One key alone never takes all places, so that there is one for whoever comes next.
 *
 * What waits is bounded, and no key holds more of the places than are still free: one that asks without end has half of
 * them, nine have a tenth each and leave a tenth, so that there is always one for a newcomer. What changes something may
 * wait where reads are refused (up to twice as many): it may be the second step of something. The product's own work is
 * bounded by what starts it, and never refused.
 */
export class FairGate {
  readonly #bounds: GateBounds;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes that wait for nothing but a free place; the next one stands first. */
  readonly #ready = new Fifo<Lane>();
  /** By signal, so that a signal has one listener, however much waits on it. */
  readonly #bySignal = new WeakMap<AbortSignal, Set<Place<Waiting>>>();
  #running = 0;
  #waiting = 0;

  constructor(bounds: GateBounds) {
    this.#bounds = bounds;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** @throws NotBegunError when whoever asked has left, or too much waits; nothing was begun then */
  async run<Result>(scope: OperationScope, work: () => Promise<Result>): Promise<Result> {
    if (scope.signal?.aborted) throw new NotBegunError('left');
    const lane = this.#laneOf(scope.key);
    if (this.#isFree(lane)) this.#take(lane);
    else await this.#wait(lane, scope);
    try {
      // It may have been let in, and left, before it came to run.
      if (scope.signal?.aborted) throw new NotBegunError('left');
      return await work();
    } finally {
      this.#release(lane);
    }
  }

  #laneOf(key: string): Lane {
    const known = this.#lanes.get(key);
    if (known) return known;
    const lane = { key, running: 0, waiting: new Fifo<Waiting>(), ready: null };
    this.#lanes.set(key, lane);
    return lane;
  }

  #isFree(lane: Lane): boolean {
    const { atOnceMax, atOncePerKeyMax } = this.#bounds;
    return this.#running < atOnceMax && lane.running < atOncePerKeyMax && lane.waiting.size === 0;
  }

  #take(lane: Lane): void {
    this.#running += 1;
    lane.running += 1;
  }

  #wait(lane: Lane, { kind, signal }: OperationScope): Promise<void> {
    const { waitingMax, waitingPerKeyMax } = this.#bounds;
    const times = kind === 'read' ? 1 : 2;
    if (kind !== 'background') {
      const free = times * waitingMax - this.#waiting;
      if (free <= 0) throw new NotBegunError('full');
      if (lane.waiting.size >= Math.min(times * waitingPerKeyMax, free)) throw new NotBegunError('greedy');
    }
    return new Promise((begin, drop) => {
      const place = lane.waiting.push({ lane, signal, begin, drop });
      this.#waiting += 1;
      if (signal) this.#leaversOf(signal).add(place);
      this.#queue(lane);
    });
  }

  /** Gives the place to whose turn it is. */
  #release(lane: Lane): void {
    this.#running -= 1;
    lane.running -= 1;
    this.#queue(lane);
    const next = this.#ready.first?.value;
    if (next) this.#beginFirst(next);
    this.#forget(lane);
  }

  /** At the end of the ready ones, unless it is among them already. */
  #queue(lane: Lane): void {
    if (lane.waiting.size > 0 && lane.running < this.#bounds.atOncePerKeyMax)
      lane.ready ??= this.#ready.push(lane);
  }

  #unqueue(lane: Lane): void {
    if (lane.ready) this.#ready.remove(lane.ready);
    lane.ready = null;
  }

  #beginFirst(lane: Lane): void {
    this.#unqueue(lane);
    const { first } = lane.waiting;
    if (!first) return;
    this.#remove(first);
    this.#take(lane);
    this.#queue(lane);
    first.value.begin();
  }

  #remove(place: Place<Waiting>): void {
    const { lane, signal } = place.value;
    lane.waiting.remove(place);
    this.#waiting -= 1;
    if (signal) this.#bySignal.get(signal)?.delete(place);
  }

  #leaversOf(signal: AbortSignal): Set<Place<Waiting>> {
    const known = this.#bySignal.get(signal);
    if (known) return known;
    const leavers = new Set<Place<Waiting>>();
    this.#bySignal.set(signal, leavers);
    const leave = () => {
      for (const place of leavers) this.#leave(place);
    };
    signal.addEventListener('abort', leave, { once: true });
    return leavers;
  }

  #leave(place: Place<Waiting>): void {
    const { lane, drop } = place.value;
    this.#remove(place);
    if (lane.waiting.size === 0) this.#unqueue(lane);
    this.#forget(lane);
    drop(new NotBegunError('left'));
  }

  #forget(lane: Lane): void {
    if (lane.running === 0 && lane.waiting.size === 0) this.#lanes.delete(lane.key);
  }
}
