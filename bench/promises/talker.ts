import type { Account } from '../send/crowd.ts';
import { type Device, startDevice } from './device.ts';
import { headersOf, type World, wsUrl } from './world.ts';

/** A device in one conversation that notes when what it said was answered, and when it first showed each message. */
export class Talker {
  /** When each message was handed to the device, by client id; monotonic milliseconds. */
  readonly sent = new Map<string, number>();
  readonly answered: ReadonlyMap<string, number>;
  readonly shown = new Map<string, number>();
  readonly #conversationId: string;
  readonly #device: Device;
  readonly #stop: () => void;

  private constructor(conversationId: string, device: Device, answered: ReadonlyMap<string, number>) {
    this.answered = answered;
    this.#conversationId = conversationId;
    this.#device = device;
    const view = device.sync.timeline(conversationId);
    const unsubscribe = view.subscribe(() => {
      this.#look();
    });
    this.#stop = () => {
      unsubscribe();
      device.stop();
    };
    device.sync.openTimeline(conversationId);
  }

  static async start(world: World, account: Account, conversationId: string): Promise<Talker> {
    const answered = new Map<string, number>();
    const device = startDevice({
      userId: (await account.api.auth.me()).id,
      headers: headersOf(world, account),
      url: wsUrl(world.wsDoor.port),
      origin: world.origin,
      wrap: (transport) => ({
        ...transport,
        async send(input) {
          const answer = await transport.send(input);
          if (!answered.has(input.clientId)) answered.set(input.clientId, performance.now());
          return answer;
        },
      }),
    });
    return new Talker(conversationId, device, answered);
  }

  get isReady(): boolean {
    const { sync } = this.#device;
    return sync.connection.get() === 'online' && sync.timeline(this.#conversationId).get().status === 'ready';
  }

  say(): void {
    const at = performance.now();
    this.sent.set(this.#device.sync.send(this.#conversationId, `at ${String(Math.round(at))}`), at);
  }

  holds(clientIds: readonly string[]): boolean {
    return clientIds.every((clientId) => this.shown.has(clientId));
  }

  /** Of these messages, those that it does not show once, and those below one of a lower rev. */
  faults(clientIds: ReadonlySet<string>): number {
    const rows = this.#entries().filter(({ clientId }) => clientIds.has(clientId));
    const disordered = rows.filter(({ rev }, i) => i > 0 && rev <= (rows[i - 1]?.rev ?? 0)).length;
    const distinct = new Set(rows.map(({ clientId }) => clientId)).size;
    return clientIds.size - distinct + (rows.length - distinct) + disordered;
  }

  stop(): void {
    this.#stop();
  }

  #look(): void {
    const now = performance.now();
    const entries = this.#entries();
    // New ones are at the end, but for those that a pull put before what was already heard.
    for (const { clientId } of entries) if (!this.shown.has(clientId)) this.shown.set(clientId, now);
  }

  #entries() {
    const { items } = this.#device.sync.timeline(this.#conversationId).get();
    return items.flatMap((item) => (item.type === 'entry' ? [item.entry] : []));
  }
}
