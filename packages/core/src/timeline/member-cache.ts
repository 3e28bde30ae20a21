import { ConfabError, type MemberRole } from '@confab/contract';
import type { BlockRecord, Database, EntryDraft } from '@confab/db';
import type { Pacer } from '@confab/pubsub';
import type { Need } from './timeline-writer.ts';

interface Candidate {
  readonly draft: EntryDraft;
  readonly needs: Need;
}

/** A candidate that may not write now, and what its sender is told. */
export interface Refused<T> {
  readonly candidate: T;
  readonly error: unknown;
}

interface Known {
  readonly role: MemberRole;
  readonly silencedUntil: Date | null;
}

type Members = ReadonlyMap<string, Known>;

/** What holds for one batch, whatever is cleared meanwhile. */
interface Rules {
  readonly members: Members;
  readonly blocks: readonly BlockRecord[];
  readonly slowModeSeconds: number;
}

export interface MemberCacheParts {
  readonly db: Database;
  readonly slowMode: Pacer;
  readonly now: () => Date;
}

/**
 * Who may write to one conversation and how often, at least as fresh as the rev that the next entry is placed above.
 *
 * Access is taken away first in the membership and then by an entry, and so is a voice. So a membership that was read
 * when the log stood at `known` holds for as long as `known` rises over entries that we saw and that are not about
 * members: a send placed above them would have collided with the entry that forbids it. Slow mode is what the log's
 * last entry about it says, so the same holds for it. Refusals are never kept, because gaining access elsewhere may
 * not have reached this process yet.
 */
export class MemberCache {
  readonly #conversationId: string;
  readonly #parts: MemberCacheParts;
  readonly #active = new Map<string, Known>();
  /** The two people of a direct conversation, who never change; null: of any other. Absent: to be read. */
  #pair: readonly string[] | null | undefined;
  /** null: to be read. */
  #slowModeSeconds: number | null = null;
  /** What was begun to be read before one of them is not kept. */
  #clears = 0;

  constructor(conversationId: string, parts: MemberCacheParts) {
    this.#conversationId = conversationId;
    this.#parts = parts;
  }

  /** Forgets who may write. */
  clear(): void {
    this.#active.clear();
    this.#clears += 1;
  }

  /** Forgets how often. */
  clearPace(): void {
    this.#slowModeSeconds = null;
    this.#clears += 1;
  }

  /** Whether one of the candidates is a member, or needs not be one. Keeps nothing: no rev is known that it would hold for. */
  async hasAny(candidates: readonly Candidate[]): Promise<boolean> {
    if (candidates.some(({ needs }) => needs === 'nothing')) return true;
    const members = await this.#loadMembers(candidates);
    this.clear();
    return members.size > 0;
  }

  /** The candidates who may write, in order, and the others. */
  async admit<T extends Candidate>(
    candidates: readonly T[],
  ): Promise<{ admitted: T[]; refused: Refused<T>[] }> {
    const members = await this.#loadMembers(candidates);
    const [blocks, slowModeSeconds] = await Promise.all([
      this.#readBlocks(candidates, members),
      this.#readPace(candidates, members),
    ]);
    // All are asked for before the first answer, so that one sender's keep their order.
    const errors = await Promise.all(
      candidates.map((candidate) => this.#check(candidate, { members, blocks, slowModeSeconds })),
    );
    const refused = candidates.flatMap((candidate, i) => {
      const error = errors[i];
      return error === null ? [] : [{ candidate, error }];
    });
    return { admitted: candidates.filter((_, i) => errors[i] === null), refused };
  }

  /** Why a candidate may not write; null: it may. */
  async #check(
    { draft, needs }: Candidate,
    { members, blocks, slowModeSeconds }: Rules,
  ): Promise<ConfabError | null> {
    if (needs === 'nothing') return null;
    const member = members.get(draft.senderId);
    // As if the conversation did not exist.
    if (!member) return new ConfabError('NOT_FOUND');
    switch (needs) {
      case 'membership':
        return null;
      case 'moderation':
        return member.role === 'member' ? new ConfabError('FORBIDDEN') : null;
      case 'voice':
        return (
          blockOf(draft.senderId, blocks) ??
          this.#silence(member) ??
          (isPaced(draft) && member.role === 'member' ? await this.#pace(draft, slowModeSeconds) : null)
        );
    }
  }

  #silence({ silencedUntil }: Known): ConfabError | null {
    const retryAfterMs = (silencedUntil?.getTime() ?? 0) - this.#parts.now().getTime();
    return retryAfterMs > 0 ? new ConfabError('SILENCED', { retryAfterMs }) : null;
  }

  async #pace({ senderId, clientId }: EntryDraft, slowModeSeconds: number): Promise<ConfabError | null> {
    const intervalMs = slowModeSeconds * 1_000;
    if (intervalMs === 0) return null;
    const key = `${this.#conversationId}:${senderId}`;
    const retryAfterMs = await this.#parts.slowMode.take(key, { by: clientId, intervalMs });
    return retryAfterMs > 0 ? new ConfabError('SLOW_MODE', { retryAfterMs }) : null;
  }

  /**
   * Read anew for every batch of a direct conversation: nothing tells a process of a block that was made on another.
   * Whoever is no member makes it look up nothing.
   */
  async #readBlocks(candidates: readonly Candidate[], members: Members): Promise<readonly BlockRecord[]> {
    const { conversations, blocks } = this.#parts.db;
    const isAsked = candidates.some(({ draft, needs }) => needs === 'voice' && members.has(draft.senderId));
    if (!isAsked || this.#pair === null) return [];
    this.#pair ??= (await conversations.findById(this.#conversationId))?.pair;
    return this.#pair ? blocks.among(this.#pair) : [];
  }

  /** The members among the senders. Theirs alone: what is cleared while other things are read stays with this batch. */
  async #loadMembers(candidates: readonly Candidate[]): Promise<Members> {
    const senders = candidates.filter(({ needs }) => needs !== 'nothing').map(({ draft }) => draft.senderId);
    const members = new Map<string, Known>();
    for (const id of senders) {
      const known = this.#active.get(id);
      if (known) members.set(id, known);
    }
    const unknown = new Set(senders.filter((id) => !members.has(id)));
    if (unknown.size === 0) return members;
    const clears = this.#clears;
    const found = await this.#parts.db.memberships.findMany([...unknown], this.#conversationId);
    for (const { userId, status, role, silencedUntil } of found) {
      if (status === 'active') members.set(userId, { role, silencedUntil });
    }
    if (this.#clears === clears) for (const [id, known] of members) this.#active.set(id, known);
    return members;
  }

  async #readPace(candidates: readonly Candidate[], members: Members): Promise<number> {
    const isAsked = candidates.some(
      ({ draft, needs }) => needs === 'voice' && isPaced(draft) && members.has(draft.senderId),
    );
    if (!isAsked) return 0;
    if (this.#slowModeSeconds !== null) return this.#slowModeSeconds;
    const clears = this.#clears;
    const last = await this.#parts.db.timeline.lastSetting(this.#conversationId, 'slowModeSeconds');
    if (this.#clears === clears) this.#slowModeSeconds = Number(last);
    return Number(last);
  }
}

/** Slow mode is for what says something new: an edit can say as much as a message. */
function isPaced({ kind }: EntryDraft): boolean {
  return kind === 'message' || kind === 'edit';
}

/** What a block between the two people of a conversation makes of what one of them writes. */
function blockOf(senderId: string, blocks: readonly BlockRecord[]): ConfabError | null {
  if (blocks.length === 0) return null;
  const isOwn = blocks.some(({ userId }) => userId === senderId);
  return new ConfabError('BLOCKED', isOwn ? { message: 'You blocked this person.' } : {});
}
