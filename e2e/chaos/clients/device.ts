import { type ConnectionState, createSync, type Sync, type SyncTransport } from '@confab/sync';
import { createSyncTransport } from '@confab/client/transport';
import type { DeviceLog, LoggedEntry } from '../checker/log.ts';
import type { Random } from '../random.ts';
import { connect, type Connection } from './connect.ts';
import { DeviceClock } from './device-clock.ts';
import { Journal } from './journal.ts';
import type { Conversation } from './population.ts';
import { TimelineLog } from './timeline-log.ts';
import type { User } from './user.ts';

export interface DeviceOptions {
  readonly number: number;
  readonly user: User;
  readonly conversations: readonly Conversation[];
  /** Of the socket, and of the web's door. */
  readonly url: string;
  readonly origin: string;
  readonly random: Random;
  /** Puts something in the transport's place. */
  readonly wrap?: (transport: SyncTransport) => SyncTransport;
}

/** How long the next attempt to show a timeline waits, as a person would before pressing "try again". */
const openAgainMs = 1_000;

/** One device of one user: packages/sync over a network of its own, and everything it did, written down. */
export class Device {
  readonly number: number;
  readonly user: User;
  readonly conversations: readonly Conversation[];
  readonly clock: DeviceClock;
  readonly journal = new Journal();
  readonly #options: DeviceOptions;
  readonly #timelines = new Map<string, TimelineLog>();
  #connection: Connection | null = null;
  #sync: Sync | null = null;
  #undo: (() => void)[] = [];
  #offline = false;

  constructor(options: DeviceOptions) {
    this.number = options.number;
    this.user = options.user;
    this.conversations = options.conversations;
    this.clock = new DeviceClock(options.random);
    this.#options = options;
  }

  get connection(): ConnectionState | 'stopped' {
    return this.#sync?.connection.get() ?? 'stopped';
  }

  get isOnline(): boolean {
    return this.connection === 'online';
  }

  /** Taken off the network on purpose. */
  get isOffline(): boolean {
    return this.#offline;
  }

  set isOffline(offline: boolean) {
    this.#offline = offline;
  }

  start(): void {
    const { user, url, origin, random, wrap } = this.#options;
    this.#connection = connect({ user, url, origin, random, isOffline: () => this.#offline });
    const network = createSyncTransport(this.#connection.client, () => random.next());
    const transport = wrap === undefined ? network : wrap(network);
    const { now, setTimer, random: chance } = this.clock;
    const sync = createSync({
      transport: this.journal.watch(transport),
      userId: user.id,
      now,
      setTimer,
      random: chance,
    });
    this.#sync = sync;
    sync.start();
    for (const { id } of this.conversations) this.#show(sync, id);
  }

  send(conversationId: string, text: string): void {
    const clientId = this.#running.send(conversationId, text);
    this.journal.noteMessage({ conversationId, clientId }, text);
  }

  edit(conversationId: string, messageId: string, text: string): void {
    this.journal.edited.push({ messageId, text });
    this.#running.edit(conversationId, messageId, text);
  }

  /** For what is written down when it leaves: `remove`, `react`, `markRead`. */
  get sync(): Sync {
    return this.#running;
  }

  /** The stored messages that it shows of a conversation, oldest first. */
  shownOf(conversationId: string): readonly LoggedEntry[] {
    return this.#timelines.get(conversationId)?.entries ?? [];
  }

  /** Client ids of the messages in the outbox. */
  get outgoing(): string[] {
    const sync = this.#sync;
    if (sync === null) return [];
    return this.conversations.flatMap(({ id }) =>
      sync
        .timeline(id)
        .get()
        .items.flatMap((item) => (item.type === 'outgoing' ? [item.message.clientId] : [])),
    );
  }

  /** Ids of the messages of which it shows a change that is not confirmed. */
  get changing(): string[] {
    return [...this.#timelines.values()].flatMap(({ changing }) => changing);
  }

  /** As a reload of the page: everything held is forgotten. The outbox lives in memory, so it must be empty. */
  reload(): void {
    if (this.outgoing.length > 0 || this.changing.length > 0) return;
    this.stop();
    for (const { id } of this.conversations)
      this.journal.applied.push({ conversationId: id, change: 'cleared' });
    this.start();
  }

  /** Older pages of everything it shows; whoever asks waits until they are there. */
  loadOlder(): void {
    for (const { id } of this.conversations) this.#running.loadOlder(id);
  }

  get isLoadingOlder(): boolean {
    return this.conversations.some(({ id }) => this.#running.timeline(id).get().olderStatus === 'loading');
  }

  stop(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#sync?.stop();
    this.#sync = null;
    this.#connection?.close();
    this.clock.stop();
  }

  log(): DeviceLog {
    const { sent, edited, acknowledged, applied, refused } = this.journal;
    const timelines = [...this.#timelines].map(([conversationId, { entries }]) => ({
      conversationId,
      entries,
    }));
    const { outgoing, changing } = this;
    const { number: device } = this;
    return {
      device,
      userId: this.user.id,
      sent,
      edited,
      acknowledged,
      applied,
      refused,
      timelines,
      outgoing,
      changing,
    };
  }

  get #running(): Sync {
    if (this.#sync === null) throw new Error(`device ${this.number} does not run`);
    return this.#sync;
  }

  #show(sync: Sync, conversationId: string): void {
    const log = new TimelineLog(conversationId, (applied) => this.journal.applied.push(applied));
    this.#timelines.set(conversationId, log);
    const view = sync.timeline(conversationId);
    let again: NodeJS.Timeout | undefined;
    const unsubscribe = view.subscribe(() => {
      const timeline = view.get();
      log.update(timeline);
      if (timeline.status !== 'failed') return;
      clearTimeout(again);
      again = setTimeout(() => {
        sync.openTimeline(conversationId);
      }, openAgainMs);
    });
    this.#undo.push(() => {
      clearTimeout(again);
      unsubscribe();
    });
    sync.openTimeline(conversationId);
  }
}
