import { ConfabError } from '@confab/contract';
import {
  type ConversationHints,
  type EntryDraft,
  type EntryRecord,
  inScope,
  isChange,
  placeEntries,
} from '@confab/db';
import { MemberCache, type Refused } from './member-cache.ts';
import { withRoom } from './reaction-room.ts';
import type { LogParts, Need, SeenEntry } from './timeline-writer.ts';

interface Waiting {
  readonly draft: EntryDraft;
  readonly needs: Need;
  readonly resolve: (entry: EntryRecord) => void;
  readonly reject: (error: unknown) => void;
}

const batchMax = 100;
/** Each lost race means that somebody else's batch was stored; this many in a row mean that something is wrong. */
const lostRacesMax = 100;

/**
 * One process's end of one conversation's log: a queue that leaves as ordered batches, one at a time. The insert is
 * the allocation (docs/adr/0002-the-insert-allocates.md): a batch is placed right above `known`, and the unique
 * index on (conversation, rev) refuses it where another process was faster.
 */
export class ConversationLog {
  readonly #id: string;
  readonly #deps: LogParts;
  readonly #queue: Waiting[] = [];
  readonly #members: MemberCache;
  /** A rev that is stored durably, the highest that we know of; null: to be read. */
  #known: number | null = null;
  #draining = false;

  constructor(id: string, deps: LogParts) {
    this.#id = id;
    this.#deps = deps;
    this.#members = new MemberCache(id, deps);
  }

  get idle(): boolean {
    return !this.#draining;
  }

  /** Queues before the first await, so that one device's sends keep their order. */
  append(draft: EntryDraft, needs: Need): Promise<EntryRecord> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ draft, needs, resolve, reject });
      if (!this.#draining) void this.#begin();
    });
  }

  observe(entries: readonly SeenEntry[]): void {
    for (const { rev, kind } of entries) {
      if (this.#known === null || rev <= this.#known) continue;
      // A jump hides entries that may have taken somebody's access away, or slowed them down.
      const isJump = rev > this.#known + 1;
      if (isJump || kind === 'member') this.#members.clear();
      if (isJump || kind === 'setting') this.#members.clearPace();
      this.#known = rev;
    }
  }

  /** In turns of the conversation's own: a queue of many must not wait for whoever came first. */
  #begin(): Promise<void> {
    return inScope({ key: this.#id, kind: 'write' }, () => this.#drain());
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, batchMax);
      try {
        await this.#appendAll(batch);
      } catch (cause) {
        this.#forget();
        this.#deps.log.error('timeline.appendFailed', { conversationId: this.#id, error: cause });
        // Whether they were stored is unknown; a retry under the same client id finds out.
        for (const { reject } of batch) reject(new ConfabError('UNAVAILABLE', { cause }));
      }
    }
    this.#draining = false;
  }

  /** Settles every item of the batch, or throws. Items settled before a throw keep their first outcome. */
  async #appendAll(batch: readonly Waiting[]): Promise<void> {
    let rest = batch;
    let lostRaces = 0;
    while (rest.length > 0) {
      const left = await this.#appendSome(rest);
      lostRaces = left.length < rest.length ? 0 : lostRaces + 1;
      if (lostRaces > lostRacesMax) throw new Error('the log is never free');
      rest = left;
    }
  }

  /** One insert; returns what is still to be appended. */
  async #appendSome(waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    const known = await this.#readKnown(waiting);
    if (known === null) return [];
    const { admitted, refused } = await this.#members.admit(waiting);
    const { fitting, refused: full } = await withRoom(this.#deps.db, this.#id, admitted);
    for (const refusal of [...refused, ...full]) void this.#refuse(refusal);
    if (fitting.length === 0) return [];
    const { firsts, repeats } = apart(fitting);
    const placed = placeEntries(
      this.#id,
      known + 1,
      firsts.map(({ draft }) => draft),
    );

    const [inserted, hinted] = await Promise.allSettled([
      this.#deps.db.timeline.insertBatch(placed),
      this.#deps.db.conversations.raiseHints(this.#id, hintsOf(placed)),
    ]);
    if (inserted.status === 'rejected') throw inserted.reason;
    if (hinted.status === 'rejected') throw hinted.reason;

    const outcome = inserted.value;
    const storedCount = outcome.ok ? placed.length : outcome.failedAt;
    this.#acknowledge(firsts.slice(0, storedCount), placed.slice(0, storedCount));
    const left = [...firsts.slice(storedCount), ...repeats];
    if (outcome.ok || outcome.conflict === 'client') return this.#answerRepeated(left);
    this.#forget();
    return left;
  }

  /**
   * The rev to write above; null when nobody here is a member. That is asked first, and again above the rev that was
   * read: whether there is such a log must cost an outsider the same.
   */
  async #readKnown(waiting: readonly Waiting[]): Promise<number | null> {
    if (this.#known !== null) return this.#known;
    if (!(await this.#members.hasAny(waiting))) {
      for (const { reject } of waiting) reject(new ConfabError('NOT_FOUND'));
      return null;
    }
    return (this.#known ??= await this.#deps.db.timeline.highestRev(this.#id));
  }

  #acknowledge(waiting: readonly Waiting[], stored: readonly EntryRecord[]): void {
    if (stored.length === 0) return;
    this.observe(stored);
    stored.forEach((entry, i) => waiting[i]?.resolve(entry));
    this.#deps.announce.entries(this.#id, stored);
  }

  /** Blocks, silence, slow mode and the room for reactions are for what is new: what an earlier attempt stored is answered like any retry. */
  async #refuse({ candidate, error }: Refused<Waiting>): Promise<void> {
    const { senderId, clientId } = candidate.draft;
    try {
      const isMember = !(error instanceof ConfabError) || error.code !== 'NOT_FOUND';
      const stored = isMember && (await this.#deps.db.timeline.findByClientId(this.#id, senderId, clientId));
      if (stored) await this.#answerRepeated([candidate]);
      else candidate.reject(error);
    } catch (cause) {
      candidate.reject(new ConfabError('UNAVAILABLE', { cause }));
    }
  }

  /**
   * The first one's client id is stored already: a retry is answered with what is stored, another body is a conflict.
   * So are all of its sender's that are stored, at one go: retries by the dozen must not hold up the others' messages.
   * Returns those whose client ids are not stored, or another sender's.
   */
  async #answerRepeated(waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    const senderId = waiting[0]?.draft.senderId;
    if (senderId === undefined) return [];
    const own = waiting.filter(({ draft }) => draft.senderId === senderId);
    const clientIds = own.map(({ draft }) => draft.clientId);
    const stored = await this.#deps.db.timeline.listByClientIds(this.#id, senderId, clientIds);
    if (stored.length === 0) throw new Error('an entry that the index refused is not to be found');
    // The attempts that stored them may have died before their hints and their publishing.
    await this.#deps.db.conversations.raiseHints(this.#id, hintsOf(stored));
    if (this.#known !== null && stored.some(({ rev }) => rev > (this.#known ?? 0))) this.#forget();
    const entries = new Map(stored.map((entry) => [entry.clientId, entry]));
    const left = waiting.filter((each) => {
      const entry = each.draft.senderId === senderId ? entries.get(each.draft.clientId) : undefined;
      if (entry?.bodyHash === each.draft.bodyHash) each.resolve(entry);
      else if (entry) each.reject(new ConfabError('CLIENT_ID_REUSED'));
      return entry === undefined;
    });
    for (const entry of stored) this.#deps.announce.entries(this.#id, [entry]);
    return left;
  }

  #forget(): void {
    this.#known = null;
    this.#members.clear();
    this.#members.clearPace();
  }
}

/** Of several attempts at one client id only the first is inserted. */
function apart(waiting: readonly Waiting[]): { firsts: readonly Waiting[]; repeats: readonly Waiting[] } {
  const seen = new Map<string, Waiting>();
  const keyOf = ({ draft }: Waiting) => `${draft.senderId}:${draft.clientId}`;
  for (const each of waiting) if (!seen.has(keyOf(each))) seen.set(keyOf(each), each);
  if (seen.size === waiting.length) return { firsts: waiting, repeats: [] };
  return { firsts: [...seen.values()], repeats: waiting.filter((each) => seen.get(keyOf(each)) !== each) };
}

function hintsOf(entries: readonly EntryRecord[]): ConversationHints {
  const lastMessage = entries.findLast(({ kind }) => kind === 'message');
  // A reaction to an old message does not bring its conversation to the top of anybody's list.
  const activities = entries.filter((entry) => !isChange(entry));
  return {
    headRev: Math.max(...entries.map(({ rev }) => rev)),
    ...(activities.length > 0 && {
      lastActivityAt: new Date(Math.max(...activities.map(({ createdAt }) => createdAt.getTime()))),
    }),
    ...(lastMessage && { lastMessageSeq: lastMessage.rev }),
  };
}
