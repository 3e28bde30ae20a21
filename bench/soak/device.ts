import { keepSubscribed, type Api, createSyncTransport } from '@confab/client/transport';
import { connect, type Connection } from '@confab/e2e/chaos/clients/connect';
import { DeviceClock } from '@confab/e2e/chaos/clients/device-clock';
import type { User } from '@confab/e2e/chaos/clients/user';
import type { Random } from '@confab/e2e/chaos/random';
import { createSync, type Sync, type Timeline } from '@confab/sync';

interface DeviceOptions {
  readonly number: number;
  /** Of the socket, and of the web's door. */
  readonly url: string;
  readonly origin: string;
  readonly random: Random;
}

interface Running {
  readonly sync: Sync;
  readonly api: Api;
  readonly connection: Connection;
  readonly clock: DeviceClock;
  readonly stopHints: () => void;
}

interface Opened {
  readonly conversationId: string;
  readonly close: () => void;
}

/** What a tab of the web app asks of the server, without the tab: one conversation open at a time, and presence. */
export class Device {
  readonly #options: DeviceOptions;
  #running: Running | null = null;
  #opened: Opened | null = null;

  constructor(options: DeviceOptions) {
    this.#options = options;
  }

  get isOnline(): boolean {
    return this.#running?.sync.connection.get() === 'online';
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** @throws Error while it does not run */
  get sync(): Sync {
    return this.#now.sync;
  }

  get api(): Api {
    return this.#now.api;
  }

  /** The conversation that it shows. */
  get opened(): string | null {
    return this.#opened?.conversationId ?? null;
  }

  get timeline(): Timeline | null {
    return this.#opened && this.#now.sync.timeline(this.#opened.conversationId).get();
  }

  start(user: User): void {
    const { url, origin, random } = this.#options;
    const clock = new DeviceClock(random);
    const connection = connect({ user, url, origin, random, isOffline: () => false });
    const api = connection.client;
    const sync = createSync({
      transport: createSyncTransport(api, () => random.next()),
      userId: user.id,
      now: clock.now,
      setTimer: clock.setTimer,
      random: clock.random,
    });
    const stopHints = keepSubscribed<unknown>({
      open: (observer) => api.live.hints.subscribe(undefined, observer),
      onEvent: () => undefined,
      onCut: () => undefined,
    });
    this.#running = { sync, api, connection, clock, stopHints };
    sync.start();
  }

  open(conversationId: string): void {
    this.closeConversation();
    const { sync, api } = this.#now;
    const ends = [
      sync.timeline(conversationId).subscribe(() => undefined),
      sync.watermarks(conversationId).subscribe(() => undefined),
      keepSubscribed<unknown>({
        open: (observer) => api.live.typing.subscribe({ conversationId }, observer),
        onEvent: () => undefined,
        onCut: () => undefined,
      }),
    ];
    sync.openTimeline(conversationId);
    this.#opened = {
      conversationId,
      close: () => {
        for (const end of ends) end();
      },
    };
  }

  closeConversation(): void {
    this.#opened?.close();
    this.#opened = null;
  }

  stop(): void {
    this.closeConversation();
    const running = this.#running;
    this.#running = null;
    running?.stopHints();
    running?.sync.stop();
    running?.connection.close();
    running?.clock.stop();
  }

  get #now(): Running {
    if (this.#running === null) throw new Error(`device ${this.#options.number} does not run`);
    return this.#running;
  }
}
