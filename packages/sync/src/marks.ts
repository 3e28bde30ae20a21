import type { Watermark } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Epoch } from './epoch.ts';
import { outcomeOf, type Failure } from './failure.ts';
import type { SyncTransport } from './transport.ts';

/** Receiving and reading follow each other closely: one request tells both. */
const gatherMs = 100;
const pauseMs = 1_000;
/** A room has no ticks: its read mark only carries the badge to other devices. */
const roomPauseMs = 3_000;

type Mark = Pick<Watermark, 'deliveredSeq' | 'readSeq'>;

export interface MarksHost {
  readonly clock: Clock;
  readonly epoch: Epoch;
  mark: SyncTransport['mark'];
  /** Null while the conversation is not in the list: how far the server knows us to be is then unknown. */
  kindOf(conversationId: string): 'direct' | 'group' | 'room' | null;
  /** The server's answer: this is how far it knows us to be. */
  told(conversationId: string, watermark: Watermark): void;
  doubt(conversationId: string): void;
}

interface State {
  wanted: Mark;
  /** What the server knows, or has answered to (it clamps what it is told). */
  known: Mark;
  token: symbol | null;
  cancelTimer: (() => void) | null;
  lastAt: number;
  readonly backoff: Backoff;
}

const nothing: Mark = { deliveredSeq: 0, readSeq: 0 };

function highest(a: Mark, b: Mark): Mark {
  return {
    deliveredSeq: Math.max(a.deliveredSeq, b.deliveredSeq),
    readSeq: Math.max(a.readSeq, b.readSeq),
  };
}

/** Tells the server how far this device holds each conversation and its reader has read it: only what raises it. */
export class Marks {
  readonly #host: MarksHost;
  readonly #states = new Map<string, State>();
  #connected = false;

  constructor(host: MarksHost) {
    this.#host = host;
  }

  want(conversationId: string, mark: Partial<Mark>): void {
    const state = this.#of(conversationId);
    const wanted = highest(state.wanted, { ...nothing, ...mark });
    const isNews = wanted.deliveredSeq > state.wanted.deliveredSeq || wanted.readSeq > state.wanted.readSeq;
    state.wanted = wanted;
    if (isNews) this.#schedule(conversationId, state);
  }

  /** As far as the server is known to know it. */
  knownReadSeq(conversationId: string): number {
    return this.#states.get(conversationId)?.known.readSeq ?? 0;
  }

  /** The server told how far it knows us to be. */
  know(conversationId: string, mark: Partial<Mark>): void {
    const state = this.#of(conversationId);
    state.known = highest(state.known, { ...nothing, ...mark });
    this.#schedule(conversationId, state);
  }

  connect(): void {
    this.#connected = true;
    for (const [conversationId, state] of this.#states) this.#schedule(conversationId, state);
  }

  /** Tells at once what waits for its pause: the page may be gone before that is over. */
  hurry(): void {
    for (const [conversationId, state] of this.#states) {
      if (state.cancelTimer === null) continue;
      state.cancelTimer();
      state.cancelTimer = null;
      void this.#send(conversationId, state, { leaving: true });
    }
  }

  disconnect(): void {
    this.#connected = false;
    for (const state of this.#states.values()) this.#release(state);
  }

  drop(conversationId: string): void {
    const state = this.#states.get(conversationId);
    if (state !== undefined) this.#release(state);
    this.#states.delete(conversationId);
  }

  /** Another epoch: revs of the one before mean nothing. */
  forget(): void {
    for (const conversationId of [...this.#states.keys()]) this.drop(conversationId);
  }

  #of(conversationId: string): State {
    const known = this.#states.get(conversationId);
    if (known !== undefined) return known;
    const state = {
      wanted: nothing,
      known: nothing,
      token: null,
      cancelTimer: null,
      lastAt: -roomPauseMs,
      backoff: new Backoff(this.#host.clock),
    };
    this.#states.set(conversationId, state);
    return state;
  }

  #release(state: State): void {
    state.token = null;
    state.cancelTimer?.();
    state.cancelTimer = null;
    state.backoff.reset();
  }

  /** What there is to tell; null for nothing. */
  #due(conversationId: string, { wanted, known }: State): { mark: Mark; pauseMs: number } | null {
    const kind = this.#host.kindOf(conversationId);
    if (kind === null) return null;
    const isRead = wanted.readSeq > known.readSeq;
    const isDelivered = kind !== 'room' && wanted.deliveredSeq > known.deliveredSeq;
    if (!isRead && !isDelivered) return null;
    const mark = kind === 'room' ? { deliveredSeq: 0, readSeq: wanted.readSeq } : wanted;
    return { mark, pauseMs: kind === 'room' ? roomPauseMs : pauseMs };
  }

  #schedule(conversationId: string, state: State): void {
    const isBusy = state.cancelTimer !== null || state.token !== null || state.backoff.waiting;
    if (!this.#connected || isBusy) return;
    const due = this.#due(conversationId, state);
    if (due === null) return;
    const inMs = Math.max(gatherMs, state.lastAt + due.pauseMs - this.#host.clock.now());
    state.cancelTimer = this.#host.clock.setTimer(() => {
      state.cancelTimer = null;
      void this.#send(conversationId, state);
    }, inMs);
  }

  async #send(conversationId: string, state: State, call = { leaving: false }): Promise<void> {
    const due = this.#due(conversationId, state);
    const epoch = this.#host.epoch.current;
    // Without an epoch the heads are being compared: what then still has to be told is told.
    if (due === null || epoch === null) return;
    const token = Symbol('mark');
    state.token = token;
    state.lastAt = this.#host.clock.now();
    const outcome = await outcomeOf(() => this.#host.mark({ epoch, conversationId, ...due.mark }, call));
    if (state.token !== token) return;
    state.token = null;
    if ('failure' in outcome) {
      this.#failed(conversationId, { state, epoch, failure: outcome.failure, mark: due.mark });
    } else if (this.#host.epoch.accepts(outcome.value.epoch)) {
      state.backoff.reset();
      state.known = highest(state.known, due.mark);
      this.#host.told(conversationId, outcome.value.watermark);
      this.#schedule(conversationId, state);
    }
  }

  #failed(
    conversationId: string,
    { state, epoch, failure, mark }: { state: State; epoch: string; failure: Failure; mark: Mark },
  ): void {
    if (failure.retryable) {
      state.backoff.again(() => {
        this.#schedule(conversationId, state);
      }, failure.retryAfterMs);
      return;
    }
    // Refused for good: this mark is not told again.
    state.known = highest(state.known, mark);
    if (failure.code === 'EPOCH_CHANGED') this.#host.epoch.refuse(epoch);
    if (failure.code === 'NOT_FOUND') this.#host.doubt(conversationId);
  }
}
