import type { ConfabError, LiveEvent } from '@confab/contract';
import { Bell } from './bell.ts';
import type { Api } from './transport/api.ts';
import { keepSubscribed } from './transport/keep-subscribed.ts';

export interface LiveListener {
  onEvent(event: LiveEvent): void;
  onEnded(): void;
}

/** The one live subscription of this connection, and its end, which is the end of everything that stands on it. */
export class Live {
  readonly #listeners = new Set<LiveListener>();
  readonly #bell = new Bell();
  readonly #unsubscribe: () => void;
  readonly #close: () => void;
  #connected = false;
  #ended: ConfabError | null = null;

  /** `close`: what is below, the socket. */
  constructor(api: Api, close: () => void) {
    this.#close = close;
    this.#unsubscribe = keepSubscribed<LiveEvent>({
      open: (observer) => api.live.events.subscribe(undefined, observer),
      onEvent: (event) => {
        this.tell(event);
        if (event.type === 'live.ready') this.#setConnected(true);
      },
      onCut: () => {
        this.#setConnected(false);
      },
    });
  }

  /** Events flow, so calls over the socket go out at once. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Why nothing comes any more. */
  get ended(): ConfabError | null {
    return this.#ended;
  }

  /** Returns how to stop. */
  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when `connected` or `ended` changed, or after so many milliseconds. */
  changed(withinMs?: number): Promise<void> {
    return this.#bell.heard(withinMs);
  }

  /** What the promise resolves to; null when `connected` or `ended` changed, or the time was over, before. */
  orChanged<T>(promise: Promise<T>, withinMs: number): Promise<T | null> {
    return this.#bell.orHeard(promise, withinMs);
  }

  /** Everybody who listens. */
  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener.onEvent(event);
  }

  /** For good. The first reason stands. */
  end(reason: ConfabError): void {
    if (this.#ended !== null) return;
    this.#ended = reason;
    this.#unsubscribe();
    this.#close();
    for (const listener of this.#listeners) listener.onEnded();
    this.#setConnected(false);
  }

  #setConnected(connected: boolean): void {
    this.#connected = connected && this.#ended === null;
    this.#bell.ring();
  }
}
