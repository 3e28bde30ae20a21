import type { Conversation, MessagePage, MessagePull } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Epoch } from './epoch.ts';
import { outcomeOf } from './failure.ts';
import type { Range } from './range.ts';
import { isKeptSuspect, isSuspect, knownEntry, type KnownEntry } from './rewound.ts';
import type { Rules } from './rules.ts';

type PageInput = { readonly conversationId: string; readonly before?: number };

interface Suspicion {
  readonly conversationId: string;
  readonly known: KnownEntry;
}

export interface RewindsHost<Page extends PageInput> {
  readonly rules: Rules;
  readonly clock: Clock;
  readonly epoch: Epoch;
  page(input: Page | { conversationId: string; before: number }): Promise<MessagePage>;
  pull(input: { conversationId: string; after: number }): Promise<MessagePull>;
  rangeOf(conversationId: string): Range | null;
  /** The highest entry that was heard of and lies beyond a gap above the range. */
  aheadOf(conversationId: string): KnownEntry | null;
  rows(): Iterable<Conversation>;
  /** It is proved. Everything held is void, except what is unsent. */
  found(): void;
  /** Once for each connection. */
  tell(): void;
}

/**
 * Notices that the server's data was set back, by hand, under the epoch that this device knows: by an overlap of one entry
 * with each pull, and by rows that tell of less than is held. One page proves it, or does not. It concerns this device alone:
 * a server believes no device about its epoch.
 */
export class Rewinds<Page extends PageInput> {
  readonly #host: RewindsHost<Page>;
  /** By what is known, in the order in which it is looked for. */
  readonly #suspected = new Map<string, Suspicion>();
  /** The ends of ranges that were held while the server could be set back, and were not compared with it since. */
  readonly #unproved = new Map<string, KnownEntry>();
  /** What rows told when they were restored, or when this connection began, and were not compared since. */
  readonly #uncompared = new Map<string, KnownEntry>();
  readonly #backoff: Backoff;
  #life = 0;
  #looking = false;
  #connected = false;
  #told = false;

  constructor(host: RewindsHost<Page>) {
    this.#host = host;
    this.#backoff = new Backoff(host.clock);
  }

  /** As the transport's, from one entry before: what stands at the cursor is compared with what is held. */
  async pull({ conversationId, after }: { conversationId: string; after: number }): Promise<MessagePull> {
    const known = this.#unproved.get(conversationId) ?? this.#endOf(conversationId);
    const overlaps = known?.rev === after && known.id !== null && after > 0;
    const life = this.#life;
    const pull = await this.#host.pull({ conversationId, after: overlaps ? after - 1 : after });
    if (!overlaps) return pull;
    // Under another epoch, or in another life, what was known when it was asked for proves nothing.
    const isPresent = life === this.#life && pull.epoch === this.#host.epoch.current;
    if (isPresent && this.#host.rules.isRewound({ ...pull, cursor: Infinity }, known)) this.#find();
    if (isPresent) this.#unproved.delete(conversationId);
    return { ...pull, entries: pull.entries.filter(({ rev }) => rev > after) };
  }

  /** As the transport's. The newest page takes the place of all that is held. */
  async page(input: Page): Promise<MessagePage> {
    const page = await this.#host.page(input);
    if (input.before === undefined) this.#unproved.delete(input.conversationId);
    return page;
  }

  /** A row as it is held, and as the server answers it now. `readSeq` of the held one: as the server had it before. */
  compare(held: Conversation | undefined, answer: Conversation): void {
    const ahead = this.#host.aheadOf(answer.id);
    if (ahead !== null && answer.headRev < ahead.rev) this.suspect(answer.id, ahead);
    this.#compareFirst(held, answer);
    const range = this.#host.rangeOf(answer.id);
    const known = knownEntry(held, range);
    if (known === null) return;
    const reason =
      held === undefined ? range !== null && isKeptSuspect(range, answer) : isSuspect(held, range, answer);
    if (reason) this.suspect(answer.id, known);
    // Whatever lies above the range is pulled, with an overlap.
    else if (range === null || answer.headRev <= range.cursor) this.#unproved.delete(answer.id);
  }

  /** What an earlier page kept of a row that was answered meanwhile. What is held by now is newer, and says nothing of it. */
  compareKept(kept: Conversation, answered: Conversation): void {
    const known = knownEntry(kept, null);
    if (known !== null && isSuspect(kept, null, answered)) this.suspect(kept.id, known);
  }

  /** An earlier page kept this row. */
  restored(row: Conversation): void {
    const known = knownEntry(row, null);
    if (known !== null && !this.#uncompared.has(row.id)) this.#uncompared.set(row.id, known);
  }

  /** An earlier page kept this range. False when it may be of a past that is no more, beside the row as it is now. */
  trusts(conversationId: string, range: Range, row: Conversation): boolean {
    const known = knownEntry(undefined, range);
    if (known === null) return true;
    if (isKeptSuspect(range, row)) {
      this.suspect(conversationId, known);
      return false;
    }
    if (row.headRev > range.cursor) this.#unproved.set(conversationId, known);
    return true;
  }

  /** More is held: an answer to a send may have come before its conversation was compared. */
  held(conversationId: string): void {
    const known = this.#unproved.get(conversationId);
    const range = this.#host.rangeOf(conversationId);
    if (known === undefined || range === null || range.cursor <= known.rev) return;
    this.#unproved.delete(conversationId);
    this.suspect(conversationId, known);
  }

  /** There is reason to look whether this entry is still where it was. */
  suspect(conversationId: string, known: KnownEntry): void {
    this.#suspected.set(`${conversationId} ${String(known.rev)} ${String(known.id)}`, {
      conversationId,
      known,
    });
    void this.#look();
  }

  /** `heldIds`: of which timelines are held. */
  connect(heldIds: readonly string[]): void {
    this.#doubtEnds(heldIds);
    for (const row of this.#host.rows()) this.restored(row);
    this.#told = false;
    this.#connected = true;
    void this.#look();
  }

  disconnect(heldIds: readonly string[]): void {
    this.#doubtEnds(heldIds);
    this.#connected = false;
    this.#life += 1;
    this.#backoff.reset();
  }

  /** What was known is void. */
  forget(): void {
    this.#life += 1;
    this.#backoff.reset();
    this.#suspected.clear();
    this.#unproved.clear();
    this.#uncompared.clear();
  }

  /** Something newer stands in the row before it was compared, as the answer to a send: what was known before is looked for. */
  #compareFirst(held: Conversation | undefined, answer: Conversation): void {
    const known = this.#uncompared.get(answer.id);
    this.#uncompared.delete(answer.id);
    const isCovered = known !== undefined && (held?.lastMessage?.rev ?? 0) > known.rev;
    if (isCovered && answer.from <= known.rev) this.suspect(answer.id, known);
  }

  /** One conversation after the other, until each has its answer: one proof is enough for all. */
  async #look(): Promise<void> {
    if (this.#looking || this.#backoff.waiting) return;
    this.#looking = true;
    for (let next = this.#next(); next !== null; next = this.#next()) {
      const [key, { conversationId, known }] = next;
      const life = this.#life;
      const outcome = await outcomeOf(() => this.#host.page({ conversationId, before: known.rev + 1 }));
      if (life !== this.#life) continue;
      if ('failure' in outcome && outcome.failure.retryable) {
        this.#backoff.again(() => void this.#look(), outcome.failure.retryAfterMs);
        break;
      }
      this.#suspected.delete(key);
      this.#backoff.reset();
      if (!('value' in outcome)) continue;
      // After a restore what was known is void: it proves nothing.
      const isPresent = outcome.value.epoch === this.#host.epoch.current;
      if (!isPresent) this.#host.epoch.accepts(outcome.value.epoch);
      else if (this.#host.rules.isRewound(outcome.value, known)) this.#find();
    }
    this.#looking = false;
  }

  #next(): [string, Suspicion] | null {
    const [next] = this.#connected ? this.#suspected : [];
    return next ?? null;
  }

  #doubtEnds(heldIds: readonly string[]): void {
    for (const id of heldIds) {
      const known = this.#endOf(id);
      if (known !== null && !this.#unproved.has(id)) this.#unproved.set(id, known);
    }
  }

  #find(): void {
    this.forget();
    this.#host.found();
    if (!this.#told) this.#host.tell();
    this.#told = true;
  }

  #endOf(conversationId: string): KnownEntry | null {
    const range = this.#host.rangeOf(conversationId);
    return range === null ? null : knownEntry(undefined, range);
  }
}
