import { errorFields, type Log } from '@confab/log';
import { unavailable, type RedisConnection } from './redis-connection.ts';
import type { ConnectionState, EventListener, Unsubscribe } from './pubsub.ts';

/** Turns what was published into an event. Throws on what is malformed or foreign. */
export type ParseMessage<Event> = (message: string) => { readonly event: Event; readonly raw: string };

/** After Redis refused to subscribe, though the connection stands. */
const restoreRetryMs = 1_000;
/** So many channels in one SUBSCRIBE: thousands at once would keep Redis from everything else. */
const subscribeBatch = 500;

interface Channel {
  readonly name: string;
  /** Delivers one message to every listener, parsing it once. */
  deliver(message: string): void;
  count(): number;
  /** Redis has confirmed the subscription on the present connection. */
  confirmed: boolean;
  /** The last step on this channel. Steps run one after the other: a late UNSUBSCRIBE must not undo a SUBSCRIBE. */
  step: Promise<void>;
}

interface ListeningChannel<Event> extends Channel {
  readonly parse: ParseMessage<Event>;
  readonly listeners: Set<EventListener<Event>>;
}

/**
 * The subscriptions of this process: one SUBSCRIBE per channel, however many listen, and an UNSUBSCRIBE when the
 * last one leaves. What Redis cannot confirm now stays wished for. After a loss of the connection, everything that is
 * listened to is subscribed again before anybody is told.
 */
export class Channels {
  readonly #connection: RedisConnection;
  readonly #log: Log;
  readonly #channels = new Map<string, Channel>();
  readonly #resubscribedListeners = new Set<() => void>();
  /** Counts connections: a confirmation that outlived its connection is none. */
  #generation = 0;
  #restored = false;
  #retry: NodeJS.Timeout | undefined;
  readonly #lostListeners = new Set<() => void>();

  constructor(connection: RedisConnection, log: Log) {
    this.#connection = connection;
    this.#log = log;
    connection.onLost(() => this.#lose());
    connection.onReady(() => void this.#restore());
    connection.redis.on('message', (name: string, message: string) =>
      this.#channels.get(name)?.deliver(message),
    );
  }

  /** Ready when every channel that somebody listens to is confirmed. */
  state(): ConnectionState {
    return this.#restored ? 'ready' : 'away';
  }

  onResubscribed(listener: () => void): () => void {
    // A wrapper of its own per call: the same function may be registered twice and removed once.
    const entry = () => listener();
    this.#resubscribedListeners.add(entry);
    return () => void this.#resubscribedListeners.delete(entry);
  }

  onLost(listener: () => void): () => void {
    const entry = () => listener();
    this.#lostListeners.add(entry);
    return () => void this.#lostListeners.delete(entry);
  }

  /** Resolves once Redis has confirmed the channel, or cannot: the listener stays, and a restore confirms it later. */
  async subscribe<Event>(
    name: string,
    parse: ParseMessage<Event>,
    listener: EventListener<Event>,
  ): Promise<Unsubscribe> {
    const channel = this.#channelOf(name, parse);
    const entry: EventListener<Event> = (event, raw) => listener(event, raw);
    channel.listeners.add(entry);
    const generation = this.#generation;
    await this.#settle(channel).catch((error: unknown) => this.#postpone(generation, error));
    let left: Promise<void> | undefined;
    return () => {
      channel.listeners.delete(entry);
      return (left ??= this.#leave(channel));
    };
  }

  /** One channel name is always parsed by one parser: both come from the same method of Pubsub. */
  #channelOf<Event>(name: string, parse: ParseMessage<Event>): ListeningChannel<Event> {
    const existing = this.#channels.get(name);
    if (existing !== undefined) return existing as ListeningChannel<Event>;
    const listeners = new Set<EventListener<Event>>();
    const channel: ListeningChannel<Event> = {
      name,
      parse,
      listeners,
      count: () => listeners.size,
      deliver: (message) => this.#deliver(channel, message),
      confirmed: false,
      step: Promise.resolve(),
    };
    this.#channels.set(name, channel);
    return channel;
  }

  #deliver<Event>({ name, parse, listeners }: ListeningChannel<Event>, message: string): void {
    let parsed: ReturnType<ParseMessage<Event>>;
    try {
      parsed = parse(message);
    } catch (error) {
      this.#log.warn('event.dropped', { channel: name, ...errorFields(error) });
      return;
    }
    for (const listener of listeners) {
      this.#guard(() => listener(parsed.event, parsed.raw));
    }
  }

  /** Nothing that a listener throws may reach the connection's event handlers. */
  #guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#log.error('error.unexpected', errorFields(error));
    }
  }

  /** Brings Redis to what the listeners want, after every step that is already under way on this channel. */
  #settle(channel: Channel): Promise<void> {
    const step = channel.step.then(async () => {
      if (channel.count() > 0 && !channel.confirmed) await this.#confirm([channel]);
      if (channel.count() === 0 && channel.confirmed) {
        channel.confirmed = false;
        await this.#connection.run((redis) => redis.unsubscribe(channel.name));
      }
    });
    // The next step starts afresh: a failed one concerns only whoever asked for it.
    channel.step = step.catch(() => undefined);
    return step;
  }

  /** Leaving cannot fail: a connection that does not take the UNSUBSCRIBE is ended, and with it the subscription. */
  async #leave(channel: Channel): Promise<void> {
    try {
      await this.#settle(channel);
    } catch (error) {
      this.#log.debug('channel.leftWithoutConnection', { channel: channel.name, ...errorFields(error) });
    }
    // Of several that left at once the first one has deleted it, and the name may stand for a new channel by now.
    const current = this.#channels.get(channel.name) === channel;
    if (current && channel.count() === 0 && !channel.confirmed) this.#channels.delete(channel.name);
  }

  async #confirm(channels: readonly Channel[]): Promise<void> {
    const generation = this.#generation;
    await this.#connection.run((redis) => redis.subscribe(...channels.map(({ name }) => name)));
    if (generation !== this.#generation) throw unavailable();
    for (const channel of channels) channel.confirmed = true;
  }

  #lose(): void {
    const was = this.#restored;
    this.#generation += 1;
    this.#restored = false;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    for (const channel of this.#channels.values()) channel.confirmed = false;
    if (was) for (const listener of [...this.#lostListeners]) this.#guard(listener);
  }

  /** A connection that is away, or was lost meanwhile, restores every channel when it returns; one that stands is asked again. */
  #postpone(generation: number, error: unknown): void {
    this.#log.debug('channel.postponed', errorFields(error));
    if (generation !== this.#generation || this.#connection.state() !== 'ready') return;
    this.#restored = false;
    this.#restoreLater();
  }

  #restoreLater(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      void this.#restore();
    }, restoreRetryMs).unref();
  }

  async #restore(): Promise<void> {
    const generation = this.#generation;
    try {
      const names = [...this.#channels.keys()];
      for (let start = 0; start < names.length; start += subscribeBatch) {
        await this.#restoreBatch(names.slice(start, start + subscribeBatch));
      }
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#log.warn('channels.notRestored', errorFields(error));
      this.#restoreLater();
      return;
    }
    if (generation !== this.#generation) return;
    this.#restored = true;
    for (const listener of [...this.#resubscribedListeners]) this.#guard(listener);
  }

  /** One step on all of these channels at once: who leaves meanwhile comes after it, and unsubscribes. */
  #restoreBatch(names: readonly string[]): Promise<void> {
    const channels = names.flatMap((name) => this.#channels.get(name) ?? []);
    const step = Promise.all(channels.map((channel) => channel.step)).then(async () => {
      const wanted = channels.filter((channel) => channel.count() > 0 && !channel.confirmed);
      if (wanted.length > 0) await this.#confirm(wanted);
    });
    for (const channel of channels) channel.step = step.catch(() => undefined);
    return step;
  }
}
