import type { Entry } from '@confab/contract';
import type { LaneHost } from './lane.ts';
import { Outbox } from './outbox.ts';
import type { OutgoingChangeBody } from './outgoing.ts';
import type { Device } from './storage/device.ts';
import { OutboxLock, type LocksLike } from './tabs/outbox-lock.ts';
import type { TabMessage } from './tabs/tab-message.ts';
import type { RefusedChange } from './views.ts';

type Heard = Extract<TabMessage, { type: 'outgoing' | 'ended' }>;
type OwnParts = 'keep' | 'shared' | 'isSole' | 'ended' | 'refused';

export interface SendingHost extends Omit<LaneHost, OwnParts> {
  readonly device: Device;
  readonly locks: LocksLike | undefined;
  post(message: TabMessage): void;
  epoch(): string | null;
  storedOf(conversationId: string, clientId: string): Entry | null;
  refused(refused: RefusedChange): void;
  /** So many things are kept that this program cannot read. */
  unreadable(count: number): void;
}

/** The outbox, shared by the tabs: kept on the device before it is sent, sent by one tab, shown by all. */
export class Sending {
  readonly outbox: Outbox;
  readonly #host: SendingHost;
  readonly #lock: OutboxLock;
  /** Raised by every start and stop: what was asked for before is dropped. */
  #life = 0;
  /** What was heard before the outbox was loaded: it may be about what the outbox begins with. */
  #early: Heard[] | null = [];
  #connected = false;
  /** It is this tab that sends, and it knows everything that is kept. */
  #sends = false;

  constructor(host: SendingHost) {
    this.#host = host;
    this.#lock = new OutboxLock({
      name: `confab:outbox:${host.userId}`,
      locks: host.locks,
      held: () => void this.#takeOver(),
      lost: () => {
        this.#sends = false;
        this.outbox.handOver();
        this.outbox.disconnect();
      },
    });
    this.outbox = this.#createOutbox();
  }

  async start(): Promise<void> {
    const life = (this.#life += 1);
    const { outgoing, unreadable } = await this.#host.device.loadOutbox();
    if (life !== this.#life) return;
    if (unreadable > 0) this.#host.unreadable(unreadable);
    this.outbox.restore(outgoing);
    const early = this.#early ?? [];
    this.#early = null;
    for (const message of early) this.hear(message);
    this.#lock.start();
    this.#claim();
  }

  stop(): void {
    this.#life += 1;
    this.#early = [];
    this.#sends = false;
    this.#connected = false;
    this.#lock.stop();
    this.outbox.stop();
  }

  connect(): void {
    this.#connected = true;
    if (this.#sends) this.outbox.connect();
    this.#claim();
  }

  disconnect(): void {
    this.#connected = false;
    this.outbox.disconnect();
  }

  send(conversationId: string, text: string): string {
    this.#lock.take();
    return this.outbox.send(conversationId, text);
  }

  change(conversationId: string, body: OutgoingChangeBody): void {
    this.#lock.take();
    this.outbox.change(conversationId, body);
  }

  retry(conversationId: string, clientId: string): void {
    this.#lock.take();
    this.outbox.retry(conversationId, clientId);
  }

  /** What another tab tells about what is outgoing. */
  hear(message: Heard): void {
    if (this.#early !== null) this.#early.push(message);
    else if (message.type === 'ended') this.outbox.forget(message.conversationId, message.clientId);
    else this.outbox.adopt(message, this.#lock.isShared);
  }

  /** A tab that is connected sends what waits, rather than one that perhaps is not. */
  #claim(): void {
    if (this.#connected && !this.outbox.isEmpty) this.#lock.take();
  }

  async #takeOver(): Promise<void> {
    const life = this.#life;
    const { outgoing } = await this.#host.device.loadOutbox();
    if (life !== this.#life || !this.#lock.holds) return;
    this.outbox.takeOver(outgoing);
    this.#sends = true;
    if (this.#connected) this.outbox.connect();
  }

  #createOutbox(): Outbox {
    const { device } = this.#host;
    return new Outbox({
      ...this.#host,
      keep: (conversationId, outgoing) => device.keep(conversationId, outgoing),
      isSole: () => this.#sends && this.#lock.holds,
      shared: (conversationId, outgoing) => {
        this.#host.post({ type: 'outgoing', conversationId, outgoing });
      },
      confirmed: (conversationId: string, entry: Entry) => {
        this.#host.post({ type: 'stored', conversationId, epoch: this.#host.epoch(), entry });
      },
      ended: (conversationId, clientId) => {
        device.drop(clientId);
        this.#host.post({ type: 'ended', conversationId, clientId });
      },
      refused: (conversationId, { kind, messageId }, error) => {
        const refused = { kind, conversationId, messageId, error };
        this.#host.refused(refused);
        this.#host.post({ type: 'refused', refused });
      },
    });
  }
}
