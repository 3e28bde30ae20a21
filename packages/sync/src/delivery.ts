import type { Conversation, ConversationAnswer, MessageEntry } from '@confab/contract';
import { Cache } from './cache.ts';
import { systemClock, type Clock } from './clock.ts';
import { Connection } from './connection.ts';
import { ConversationFetch } from './conversation-fetch.ts';
import { ConversationRows } from './conversation-rows.ts';
import { Drafts } from './drafts.ts';
import { Epoch } from './epoch.ts';
import { Intake, type IntakeParts } from './intake.ts';
import { Items } from './item.ts';
import { Patience } from './patience.ts';
import { paceOf, patientTransport } from './patient-transport.ts';
import { PreferenceChanges } from './preferences.ts';
import type { Range } from './range.ts';
import { Reading } from './reading.ts';
import { lastKnown } from './rewound.ts';
import { Rewinds } from './rewinds.ts';
import type { Rules } from './rules.ts';
import { sendOutgoing } from './send-outgoing.ts';
import { Sending } from './sending.ts';
import { Device } from './storage/device.ts';
import type { Seed } from './sync.ts';
import type { SyncOptions } from './sync-options.ts';
import { TabChannel } from './tabs/tab-channel.ts';
import type { TabMessage } from './tabs/tab-message.ts';
import { Timelines } from './timelines.ts';
import type { SyncTransport } from './transport.ts';
import type { TimelineItem } from './views.ts';
import { wholePage } from './whole-page.ts';

/** The parts, put together; and their common beginning and end. */
export class Delivery implements IntakeParts {
  readonly connection: Connection;
  readonly rows: ConversationRows;
  readonly fetch: ConversationFetch<ConversationAnswer>;
  readonly device: Device;
  readonly drafts: Drafts;
  readonly sending: Sending;
  readonly timelines: Timelines;
  readonly rewinds: Rewinds<Parameters<SyncTransport['page']>[0]>;
  readonly reading: Reading;
  readonly preferences: PreferenceChanges;
  readonly #options: SyncOptions;
  readonly #clock: Clock;
  readonly #patience: Patience;
  readonly rules: Rules;
  readonly #intake: Intake;
  readonly #items: Items;
  readonly epoch: Epoch;
  readonly #cache: Cache;
  readonly #channel: TabChannel;

  constructor(options: SyncOptions, rules: Rules) {
    this.#clock = { ...systemClock, ...options };
    this.#patience = new Patience({ ...this.#clock, waitOf: paceOf });
    this.#options = { ...options, transport: patientTransport(options.transport, this.#patience) };
    this.rules = rules;
    this.#intake = new Intake(this);
    this.#items = new Items(options.userId);
    this.epoch = new Epoch(rules.isSameEpoch, () => {
      this.#forget();
    });
    this.#channel = new TabChannel(options.openChannel, (message) => {
      this.#hear(message);
    });
    this.device = this.#createDevice();
    this.drafts = this.#createDrafts();
    this.preferences = this.#createPreferences();
    this.rows = this.#createRows();
    this.fetch = this.#createFetch();
    this.sending = this.#createSending();
    this.rewinds = this.#createRewinds();
    this.timelines = this.#createTimelines();
    this.reading = this.#createReading();
    this.#cache = new Cache({
      device: this.device,
      epoch: this.epoch,
      rows: this.rows,
      reading: this.reading,
      rewinds: this.rewinds,
    });
    this.connection = this.#createConnection();
  }

  seed({ answer, page, around }: Seed): void {
    const epochs = [answer.epoch, page.epoch, around?.page.epoch ?? page.epoch];
    // A restore between two of the answers: they are of no use.
    if (new Set(epochs).size > 1 || !this.epoch.accepts(answer.epoch)) return;
    void this.#intake.found(answer.conversation);
    this.timelines.seed(answer.conversation.id, page, around);
  }

  start(): void {
    this.#channel.start();
    this.#cache.start();
    void this.drafts.start();
    void this.sending.start();
    this.connection.start();
  }

  stop(): void {
    this.drafts.flush();
    this.device.stop();
    this.#stop();
  }

  blockChanged(change: { readonly userId: string; readonly blocked: boolean }): void {
    this.#options.onBlockChanged?.(change);
    // What is unread was counted with or without them, by the server alone.
    this.connection.compareAgain();
  }

  async keepUnsent(): Promise<void> {
    this.drafts.flush();
    const kept = this.device.keepUnsent();
    this.#stop();
    await kept;
  }

  async erase(): Promise<void> {
    this.#channel.post({ type: 'erased' });
    const erased = this.device.erase();
    this.#stop();
    await erased;
  }

  /** The reader has seen the conversation up to `seq`, which is at most what is shown. */
  markRead(conversationId: string, seq: number): void {
    const shown = this.timelines.rangeOf(conversationId)?.cursor ?? this.rows.headOf(conversationId);
    const readSeq = Math.min(seq, shown);
    this.reading.markRead(conversationId, readSeq);
    this.#channel.post({ type: 'read', conversationId, epoch: this.epoch.current, seq: readSeq });
  }

  #stop(): void {
    this.drafts.stop();
    this.#channel.stop();
    this.#patience.stop();
    this.#cache.stop();
    this.connection.stop();
    this.sending.stop();
    this.preferences.stop();
    this.fetch.cancelAll();
    this.rewinds.forget();
    this.timelines.stop();
    this.rows.forget();
    this.reading.forget();
    this.epoch.forget();
  }

  /** What another tab of this user tells. Of another epoch it may be older or newer: the server tells it anyway. */
  #hear(message: TabMessage): void {
    switch (message.type) {
      case 'outgoing':
      case 'ended':
        this.sending.hear(message);
        return;
      case 'stored':
        if (message.epoch === this.epoch.current)
          this.#intake.receive(message.conversationId, [message.entry]);
        return;
      case 'read':
        if (message.epoch === this.epoch.current) this.reading.hearRead(message.conversationId, message.seq);
        return;
      case 'refused':
        this.#options.onRefused?.(message.refused);
        return;
      case 'draft':
        this.drafts.hear(message.draft);
        return;
      case 'rewound':
        this.#forget();
        return;
      case 'erased':
        this.device.abandon();
        this.#stop();
        this.#options.onErased?.();
    }
  }

  /** Another epoch, or another past under the same one: everything held is void except what we still have to send. */
  #forget(): void {
    this.fetch.cancelAll();
    this.rewinds.forget();
    this.rows.forget();
    this.timelines.forget();
    this.reading.forget();
    this.device.clearCache();
    this.connection.compareAgain();
  }

  #previewOf({ id, lastMessage }: Conversation): TimelineItem | null {
    const outgoing = this.sending.outbox.messages(id).findLast((message) => message.state !== 'failed');
    if (outgoing !== undefined) return this.#items.ofOutgoing(outgoing);
    if (lastMessage?.kind !== 'message') return null;
    return this.#items.ofEntry(lastMessage, this.sending.outbox.changesOf(id, lastMessage.id));
  }

  #messageOf(conversationId: string, messageId: string): MessageEntry | null {
    const held = this.timelines.find(conversationId, messageId);
    const last = this.rows.get(conversationId)?.conversation.lastMessage;
    const entry = held ?? (last?.kind === 'message' && last.id === messageId ? last : null);
    return entry?.kind === 'message' ? entry : null;
  }

  #createConnection(): Connection {
    return new Connection({
      transport: this.#options.transport,
      clock: this.#clock,
      epoch: this.epoch,
      reduce: (event) => {
        this.#intake.reduce(event);
      },
      apply: (conversations) => this.#intake.apply(conversations),
      listFailed: () => {
        if (this.rows.status === 'loading') this.rows.status = 'failed';
        return this.rows.status === 'ready';
      },
      opened: () => {
        this.rewinds.connect(this.timelines.openIds);
        this.sending.connect();
        this.preferences.connect();
        this.reading.connect();
      },
      compared: () => {
        this.reading.compared();
      },
      closed: () => {
        this.rewinds.disconnect(this.timelines.openIds);
        this.timelines.disconnect();
        this.sending.disconnect();
        this.preferences.disconnect();
        this.reading.disconnect();
      },
    });
  }

  #createDevice(): Device {
    return new Device({
      clock: this.#clock,
      storage: this.#options.storage,
      epoch: () => this.epoch.current,
      conversationOf: (conversationId) => this.rows.keptOf(conversationId),
      rangeOf: (conversationId) => this.timelines.keptOf(conversationId),
    });
  }

  #createDrafts(): Drafts {
    return new Drafts({
      clock: this.#clock,
      load: () => this.device.loadDrafts(),
      write: (drafts) => {
        this.device.writeDrafts(drafts);
      },
      post: (draft) => {
        this.#channel.post({ type: 'draft', draft });
      },
      found: (draft) => this.#options.onDraft?.(draft),
    });
  }

  #createRows(): ConversationRows {
    return new ConversationRows({
      userId: this.#options.userId,
      previewOf: (conversation) => this.#previewOf(conversation),
      wantedOf: (conversationId) => this.preferences.wantedOf(conversationId),
      rangeOf: (conversationId) => this.timelines.rangeOf(conversationId),
      doubt: (conversationId) => void this.fetch.ensure(conversationId),
      changed: (conversationId) => {
        this.device.touch(conversationId);
      },
    });
  }

  #createPreferences(): PreferenceChanges {
    return new PreferenceChanges({
      clock: this.#clock,
      epoch: () => this.epoch.current,
      setPreferences: (input) => this.#options.transport.setPreferences(input),
      changed: (conversationId) => {
        this.rows.refresh(conversationId);
      },
      known: (conversationId, preferences) => {
        this.rows.prefer(conversationId, preferences);
      },
    });
  }

  #createFetch(): ConversationFetch<ConversationAnswer> {
    return new ConversationFetch({
      clock: this.#clock,
      epoch: this.epoch,
      ask: (input) => this.#options.transport.getConversation(input),
      found: (_conversationId, answer) => void this.#intake.found(answer.conversation),
      lost: (conversationId) => {
        this.#intake.drop(conversationId);
      },
    });
  }

  #createSending(): Sending {
    const { userId, transport, locks, onRefused, onUnreadable } = this.#options;
    return new Sending({
      userId,
      locks,
      device: this.device,
      clock: this.#clock,
      attemptId: this.rules.attemptId,
      epoch: () => this.epoch.current,
      post: (message) => {
        this.#channel.post(message);
      },
      send: (conversationId, outgoing) => sendOutgoing(transport, conversationId, outgoing),
      stored: (conversationId, result) => this.#intake.stored(conversationId, result),
      storedOf: (conversationId, clientId) => this.timelines.findOwn(conversationId, clientId),
      messageOf: (conversationId, messageId) => this.#messageOf(conversationId, messageId),
      refused: (refused) => onRefused?.(refused),
      unreadable: (count) => onUnreadable?.(count),
      changed: (conversationId) => {
        this.timelines.of(conversationId).changed();
        this.rows.refresh(conversationId);
      },
    });
  }

  #createTimelines(): Timelines {
    return new Timelines({
      userId: this.#options.userId,
      clock: this.#clock,
      rules: this.rules,
      epoch: this.epoch,
      items: this.#items,
      page: (input) => wholePage((each) => this.rewinds.page(each), input),
      pull: (input) => this.rewinds.pull(input),
      cached: (conversationId) => this.#cachedRange(conversationId),
      outgoing: (conversationId) => this.sending.outbox.messages(conversationId),
      changesOf: (conversationId, messageId) => this.sending.outbox.changesOf(conversationId, messageId),
      headOf: (conversationId) => this.rows.headOf(conversationId),
      readSeqOf: (conversationId) => this.rows.get(conversationId)?.readSeq ?? 0,
      seen: (conversationId, entries) => {
        this.#intake.seen(conversationId, entries);
      },
      held: (conversationId) => {
        this.device.touch(conversationId);
        this.rewinds.held(conversationId);
        this.reading.held(conversationId);
      },
      doubt: (conversationId) => {
        this.#intake.doubt(conversationId);
      },
    });
  }

  /** Beside a row that tells of less, what an earlier page kept is not shown: it may be of a past that is no more. */
  async #cachedRange(conversationId: string): Promise<Range | null> {
    const range = await this.#cache.range(conversationId);
    const row = this.rows.get(conversationId);
    if (range === null || row === undefined) return null;
    return this.rewinds.trusts(conversationId, range, row.conversation) ? range : null;
  }

  #createRewinds(): Delivery['rewinds'] {
    const { transport, onRewound } = this.#options;
    return new Rewinds({
      rules: this.rules,
      clock: this.#clock,
      epoch: this.epoch,
      page: (input) => transport.page(input),
      pull: (input) => transport.pull(input),
      rangeOf: (conversationId) => this.timelines.rangeOf(conversationId),
      rows: () => this.rows.ids.flatMap((id) => this.rows.get(id)?.conversation ?? []),
      aheadOf: (conversationId) => lastKnown(this.timelines.of(conversationId).ahead.values()),
      found: () => {
        this.#forget();
        this.#channel.post({ type: 'rewound' });
      },
      tell: () => onRewound?.(),
    });
  }

  #createReading(): Reading {
    return new Reading({
      userId: this.#options.userId,
      clock: this.#clock,
      epoch: this.epoch,
      transport: this.#options.transport,
      rows: this.rows,
      timelines: this.timelines,
      doubt: (conversationId) => {
        this.#intake.doubt(conversationId);
      },
    });
  }
}
