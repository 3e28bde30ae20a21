import { ConfabError, type Preferences, type SetPreferencesInput } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { outcomeOf, type Failure } from './failure.ts';

/** What the reader wants otherwise; absent: as it is. */
export type PreferenceChange = Omit<SetPreferencesInput, 'conversationId'>;

export interface PreferenceChangesHost {
  readonly clock: Clock;
  epoch(): string | null;
  setPreferences(input: SetPreferencesInput): Promise<Preferences>;
  /** What is wanted of this conversation and not yet known to the server has changed. */
  changed(conversationId: string): void;
  /** The server's answer. */
  known(conversationId: string, preferences: Preferences): void;
}

interface Wanted {
  readonly change: PreferenceChange;
  readonly settle: readonly { resolve: () => void; reject: (error: ConfabError) => void }[];
}

interface State {
  underWay: Wanted | null;
  waiting: Wanted | null;
  /** Of the request under way; an answer that finds another one here is dropped. */
  token: symbol | null;
  readonly backoff: Backoff;
}

const nothing: Wanted = { change: {}, settle: [] };

function joined(earlier: Wanted | null, later: Wanted | null): Wanted {
  const [a, b] = [earlier ?? nothing, later ?? nothing];
  return { change: { ...a.change, ...b.change }, settle: [...a.settle, ...b.settle] };
}

/** Preferences as the reader wants them; hidden up to the last message held, until the server says up to where. */
export function preferencesAs(
  now: Preferences,
  { pinned = now.pinned, muted = now.muted, hidden }: PreferenceChange,
  lastSeq: number,
): Preferences {
  const hiddenSeq = hidden === undefined ? now.hiddenSeq : hidden ? lastSeq : null;
  return { ...now, pinned, muted, hiddenSeq };
}

/**
 * The reader's own changes of how conversations stand in their list: wanted at once, told to the server one request at
 * a time for each conversation, tried again until it answers. They end with the page.
 */
export class PreferenceChanges {
  readonly #host: PreferenceChangesHost;
  readonly #states = new Map<string, State>();
  #connected = false;

  constructor(host: PreferenceChangesHost) {
    this.#host = host;
  }

  /** What the server does not know yet; null for nothing. */
  wantedOf(conversationId: string): PreferenceChange | null {
    const state = this.#states.get(conversationId);
    return state === undefined ? null : joined(state.underWay, state.waiting).change;
  }

  /** Resolves once the server has it. Rejects with a `ConfabError` once it is refused, and taken back. */
  set(conversationId: string, change: PreferenceChange): Promise<void> {
    return new Promise((resolve, reject) => {
      const state = this.#of(conversationId);
      state.waiting = joined(state.waiting, { change, settle: [{ resolve, reject }] });
      this.#host.changed(conversationId);
      void this.#advance(conversationId, state);
    });
  }

  connect(): void {
    this.#connected = true;
    for (const [conversationId, state] of this.#states) void this.#advance(conversationId, state);
  }

  /** What was under way may or may not have been stored: it is told again. */
  disconnect(): void {
    this.#connected = false;
    for (const state of this.#states.values()) this.#again(state);
  }

  stop(): void {
    this.disconnect();
    const left = [...this.#states.values()];
    this.#states.clear();
    for (const { waiting } of left) {
      for (const { reject } of waiting?.settle ?? []) reject(new ConfabError('UNAVAILABLE'));
    }
  }

  #of(conversationId: string): State {
    const known = this.#states.get(conversationId);
    if (known !== undefined) return known;
    const state = { underWay: null, waiting: null, token: null, backoff: new Backoff(this.#host.clock) };
    this.#states.set(conversationId, state);
    return state;
  }

  #again(state: State): void {
    if (state.underWay !== null) state.waiting = joined(state.underWay, state.waiting);
    state.underWay = null;
    state.token = null;
    state.backoff.reset();
  }

  async #advance(conversationId: string, state: State): Promise<void> {
    if (!this.#connected || state.underWay !== null || state.backoff.waiting) return;
    if (state.waiting === null) {
      this.#states.delete(conversationId);
      return;
    }
    const token = Symbol('preferences');
    const epoch = this.#host.epoch();
    const told = state.waiting;
    Object.assign(state, { token, underWay: told, waiting: null });
    const outcome = await outcomeOf(() => this.#host.setPreferences({ conversationId, ...told.change }));
    if (state.token !== token) return;
    if ('failure' in outcome && outcome.failure.retryable) {
      this.#again(state);
      state.backoff.again(() => void this.#advance(conversationId, state), outcome.failure.retryAfterMs);
      return;
    }
    state.underWay = null;
    state.token = null;
    state.backoff.reset();
    // Of another life of the database it says nothing about this one, whose list tells it.
    if ('value' in outcome && epoch === this.#host.epoch()) this.#host.known(conversationId, outcome.value);
    this.#settle(told, 'failure' in outcome ? outcome.failure : null);
    void this.#advance(conversationId, state);
    this.#host.changed(conversationId);
  }

  #settle({ settle }: Wanted, failure: Failure | null): void {
    for (const { resolve, reject } of settle) {
      if (failure === null) resolve();
      else reject(new ConfabError(failure.code, { message: failure.message }));
    }
  }
}
