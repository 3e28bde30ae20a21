import type { Conversation, Entry, WatermarkRaised } from '@confab/contract';
import type { Clock } from './clock.ts';
import type { ConversationRows } from './conversation-rows.ts';
import type { Epoch } from './epoch.ts';
import { Marks } from './marks.ts';
import { Prefetch } from './prefetch.ts';
import type { Timelines } from './timelines.ts';
import type { SyncTransport } from './transport.ts';
import { Watermarks } from './watermarks.ts';

/** Among so many newest entries one of somebody else is looked for: one's own raise the mark by themselves. */
const ownRunMax = 50;

export interface ReadingHost {
  readonly userId: string;
  readonly clock: Clock;
  readonly epoch: Epoch;
  readonly transport: SyncTransport;
  readonly rows: ConversationRows;
  readonly timelines: Timelines;
  doubt(conversationId: string): void;
}

/** How far everybody holds and has read the conversations: told to the server, heard from it, shown in the rows. */
export class Reading {
  readonly watermarks: Watermarks;
  readonly #host: ReadingHost;
  readonly #marks: Marks;
  readonly #prefetch: Prefetch;

  constructor(host: ReadingHost) {
    this.#host = host;
    const { clock, epoch, transport, rows, timelines } = host;
    this.watermarks = new Watermarks({
      clock,
      epoch,
      watermarks: (input) => transport.watermarks(input),
    });
    this.#marks = new Marks({
      clock,
      epoch,
      mark: (input, call) => transport.mark(input, call),
      kindOf: (conversationId) => rows.get(conversationId)?.conversation.kind ?? null,
      told: (conversationId, watermark) => {
        this.#raise(conversationId, watermark);
      },
      doubt: (conversationId) => {
        host.doubt(conversationId);
      },
    });
    this.#prefetch = new Prefetch({
      rows: () => rows.list.get().rows,
      isIdle: (conversationId) => timelines.isIdle(conversationId),
      load: (conversationId) => timelines.load(conversationId),
    });
  }

  /** The reader has seen the conversation up to `readSeq`, here. */
  markRead(conversationId: string, readSeq: number): void {
    this.hearRead(conversationId, readSeq);
    this.#marks.want(conversationId, { readSeq });
  }

  /** The page may be gone in a moment: what was read is told now. */
  hurry(): void {
    this.#marks.hurry();
  }

  /** The reader has seen it in another tab, which tells the server. */
  hearRead(conversationId: string, readSeq: number): void {
    this.#host.rows.read(conversationId, readSeq, false);
  }

  /** What an earlier page knew: how far the server knows us to be, and how far we have read. */
  restore({ id, deliveredSeq, readSeq }: Conversation, readHere: number): void {
    this.#marks.know(id, { deliveredSeq, readSeq });
    this.#host.rows.read(id, readHere, false);
    this.#marks.want(id, { readSeq: readHere });
  }

  /** Up to where the server said, or took from us, that the reader has read. */
  knownReadSeq(conversationId: string): number {
    return this.#marks.knownReadSeq(conversationId);
  }

  /** The server answered this conversation's row. What it should know and does not is told, whoever failed to. */
  answered(conversationId: string): void {
    const row = this.#host.rows.get(conversationId);
    if (row === undefined) return;
    const { deliveredSeq, readSeq } = row.conversation;
    this.#marks.know(conversationId, { deliveredSeq, readSeq });
    this.#marks.want(conversationId, { readSeq: row.readSeq });
    this.held(conversationId);
  }

  /** More of the conversation is held than before. One's own entries are no news to report. */
  held(conversationId: string): void {
    const { rows, timelines, userId } = this.#host;
    const conversation = rows.get(conversationId)?.conversation;
    const range = timelines.rangeOf(conversationId);
    if (conversation === undefined || conversation.kind === 'room' || range === null) return;
    // The last message may stand below the page, where only changes and voids follow it.
    const held = [...range.entries.slice(-ownRunMax), conversation.lastMessage].filter((entry) => {
      return entry?.kind === 'message' && entry.senderId !== userId && entry.rev <= range.cursor;
    });
    this.#marks.want(conversationId, { deliveredSeq: Math.max(0, ...held.map((entry) => entry?.rev ?? 0)) });
  }

  /** Entries of the log were seen. */
  seen(conversationId: string, entries: readonly Entry[]): void {
    const { userId } = this.#host;
    const own = entries.findLast((entry) => entry.kind === 'message' && entry.senderId === userId);
    // The server raises a sender's own watermarks with the message.
    if (own !== undefined) this.#marks.know(conversationId, { deliveredSeq: own.rev, readSeq: own.rev });
    this.watermarks.hear(conversationId, entries);
  }

  /** There is news of a conversation, of which perhaps nothing is held. */
  received(conversationId: string): void {
    if (this.#host.timelines.isIdle(conversationId)) this.#prefetch.look();
  }

  raised({ conversationId, watermark }: WatermarkRaised): void {
    this.#raise(conversationId, watermark);
  }

  revive(conversationId: string): void {
    this.watermarks.refetch(conversationId);
  }

  drop(conversationId: string): void {
    this.#marks.drop(conversationId);
    this.watermarks.drop(conversationId);
  }

  connect(): void {
    this.#marks.connect();
    this.watermarks.connect();
  }

  /** Heads were compared: what is missing is known. */
  compared(): void {
    this.#marks.connect();
    this.#prefetch.connect();
  }

  disconnect(): void {
    this.#marks.disconnect();
    this.watermarks.disconnect();
    this.#prefetch.disconnect();
  }

  forget(): void {
    this.#marks.forget();
    this.watermarks.forget();
    this.#prefetch.disconnect();
  }

  #raise(conversationId: string, watermark: WatermarkRaised['watermark']): void {
    this.watermarks.raise(conversationId, watermark);
    if (watermark.userId !== this.#host.userId) return;
    this.#marks.know(conversationId, watermark);
    this.#host.rows.read(conversationId, watermark.readSeq, true);
  }
}
