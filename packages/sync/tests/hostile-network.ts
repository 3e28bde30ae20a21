import { ConfabError, type LiveEvent } from '@confab/contract';
import type { LiveHandlers, SyncTransport } from '../src/transport.ts';
import type { FakeClock } from './fake-clock.ts';
import type { ModelServer } from './model-server.ts';

/** Random numbers that a seed repeats (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Surroundings {
  readonly server: ModelServer;
  readonly clock: FakeClock;
  readonly random: () => number;
  /** Something of ours is about to go out. */
  attempted(clientId: string): void;
}

/**
 * The way between one device and the server. While `hostile`, requests fail before or after the server acted,
 * answers come late or not at all, live events are lost, doubled, reordered and sent again with older ones.
 */
export class HostileNetwork implements SyncTransport {
  readonly #userId: string;
  readonly #in: Surroundings;
  #handlers: LiveHandlers | null = null;
  #connection: symbol | null = null;
  #sendsArriveAt = 0;
  #dead = false;
  hostile = true;

  constructor(userId: string, surroundings: Surroundings) {
    this.#userId = userId;
    this.#in = surroundings;
  }

  readonly listConversations = ({ cursor }: { cursor?: string }) =>
    this.#call(() => this.#in.server.list(this.#userId, cursor));
  readonly getConversation = ({ conversationId }: { conversationId: string }) =>
    this.#call(() => {
      const { server } = this.#in;
      return { epoch: server.epoch, conversation: server.get(this.#userId, conversationId) };
    });
  readonly page: SyncTransport['page'] = ({ conversationId, before, limit }) =>
    this.#call(() => this.#in.server.page(this.#userId, conversationId, before, limit));
  readonly pull = ({ conversationId, after }: { conversationId: string; after: number }) =>
    this.#call(() => this.#in.server.pull(this.#userId, conversationId, after));

  readonly send: SyncTransport['send'] = (input) =>
    this.#act(input, () => {
      this.#pace();
      return this.#in.server.send(this.#userId, input);
    });
  readonly edit: SyncTransport['edit'] = (input) =>
    this.#act(input, () => {
      this.#pace();
      return this.#in.server.edit(this.#userId, input);
    });
  readonly remove: SyncTransport['remove'] = (input) =>
    this.#act(input, () => this.#in.server.remove(this.#userId, input));
  readonly react: SyncTransport['react'] = (input) =>
    this.#act(input, () => this.#in.server.react(this.#userId, input));
  readonly mark: SyncTransport['mark'] = (input) =>
    this.#call(() => this.#in.server.mark(this.#userId, input));
  readonly watermarks: SyncTransport['watermarks'] = ({ conversationId }) =>
    this.#call(() => this.#in.server.watermarks(this.#userId, conversationId));

  readonly setPreferences: SyncTransport['setPreferences'] = (input) =>
    this.#call(() => this.#in.server.setPreferences(this.#userId, input));

  /** One socket: requests arrive in order, or never when the connection is cut before. */
  async #act<T>(input: { readonly clientId: string }, act: () => T): Promise<T> {
    const { clock } = this.#in;
    this.#in.attempted(input.clientId);
    const connection = this.#connection;
    this.#sendsArriveAt = Math.max(this.#sendsArriveAt, clock.now() + this.#delayMs());
    await this.#sleep(this.#sendsArriveAt - clock.now());
    if (connection === null || connection !== this.#connection) throw new Error('the socket closed');
    this.#refuse();
    const { life } = this.#in.server;
    const result = act();
    await this.#sleep(this.#delayMs());
    if (life !== this.#in.server.life) throw new Error('the server stopped');
    if (this.#chance(0.2)) return new Promise(() => undefined);
    if (this.#chance(0.2)) throw new Error('the answer was lost');
    return result;
  }

  readonly subscribe = (handlers: LiveHandlers): (() => void) => {
    this.#handlers = handlers;
    this.connect();
    return () => {
      this.die();
    };
  };

  /** The page is gone: nothing arrives here any more. */
  die(): void {
    this.#handlers = null;
    this.#connection = null;
    this.#dead = true;
  }

  connect(): void {
    if (this.#connection !== null || this.#dead) return;
    const connection = Symbol('connection');
    this.#connection = connection;
    this.#deliver(connection, { type: 'live.ready', epoch: this.#in.server.epoch }, 0);
  }

  cut(): void {
    if (this.#connection === null) return;
    this.#connection = null;
    this.#sendsArriveAt = 0;
    this.#handlers?.onDisconnect();
  }

  resync(): void {
    if (this.#connection !== null) this.#deliver(this.#connection, { type: 'live.resync' }, 0);
  }

  /** An event that the server published for this user. */
  publish(event: LiveEvent): void {
    const connection = this.#connection;
    if (connection === null || this.#chance(0.15)) return;
    this.#deliver(connection, this.#withOlder(event), this.#delayMs());
    if (this.#chance(0.15)) this.#deliver(connection, event, this.#delayMs());
  }

  #deliver(connection: symbol, event: LiveEvent, delayMs: number): void {
    this.#in.clock.setTimer(() => {
      if (this.#connection === connection) this.#handlers?.onEvent(event);
    }, delayMs);
  }

  #withOlder(event: LiveEvent): LiveEvent {
    if (event.type !== 'entries.appended' || !this.#chance(0.2)) return event;
    const newest = event.entries.at(-1)?.rev ?? 0;
    const { entries } = this.#in.server.page(this.#userId, event.conversationId);
    return { ...event, entries: entries.filter((entry) => entry.rev <= newest) };
  }

  async #call<T>(act: () => T): Promise<T> {
    await this.#sleep(this.#delayMs());
    this.#refuse();
    const { life } = this.#in.server;
    const answer = act();
    await this.#sleep(this.#delayMs());
    if (life !== this.#in.server.life) throw new Error('the server stopped');
    if (this.#chance(0.15)) throw new Error('the answer was lost');
    return answer;
  }

  #refuse(): void {
    if (this.#chance(0.08)) throw new ConfabError('UNAVAILABLE');
    if (this.#chance(0.08)) throw new ConfabError('RATE_LIMITED', { retryAfterMs: 700 });
    if (this.#chance(0.08)) throw new Error('the request was lost');
  }

  #delayMs(): number {
    if (!this.hostile) return 1;
    return this.#in.random() < 0.1 ? this.#in.random() * 8_000 : this.#in.random() * 300;
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#in.clock.setTimer(() => {
        if (!this.#dead) resolve();
      }, ms);
    });
  }

  /** Slow mode, now and then. */
  #pace(): void {
    if (this.#chance(0.08)) throw new ConfabError('SLOW_MODE', { retryAfterMs: 2_000 });
  }

  #chance(probability: number): boolean {
    return this.hostile && this.#in.random() < probability;
  }
}
