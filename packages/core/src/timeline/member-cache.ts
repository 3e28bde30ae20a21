import { ConfabError } from '@confab/contract';
import type { Database, EntryDraft } from '@confab/db';
import type { AppendRequest } from './timeline-writer.ts';

interface Candidate {
  readonly draft: EntryDraft;
  readonly mustBeMember: AppendRequest['mustBeMember'];
  readonly reject: (error: unknown) => void;
}

/**
 * Who may write to one conversation, at least as fresh as the rev that the next entry is placed above.
 *
 * Access is taken away first in the membership and then by an entry. So a membership that was read when the log
 * stood at `known` holds for as long as `known` rises over entries that we saw and that are not about members:
 * a send placed above them would have collided with the entry that forbids it. Refusals are never kept, because
 * gaining access elsewhere may not have reached this process yet.
 */
export class MemberCache {
  readonly #conversationId: string;
  readonly #db: Database;
  readonly #active = new Set<string>();

  constructor(conversationId: string, db: Database) {
    this.#conversationId = conversationId;
    this.#db = db;
  }

  clear(): void {
    this.#active.clear();
  }

  /** The candidates who may write, in order; the others are refused as if the conversation did not exist. */
  async admit<T extends Candidate>(candidates: readonly T[]): Promise<T[]> {
    await this.#load(candidates);
    return candidates.filter(({ draft, mustBeMember, reject }) => {
      if (mustBeMember === 'nobody' || this.#active.has(draft.senderId)) return true;
      reject(new ConfabError('NOT_FOUND'));
      return false;
    });
  }

  async #load(candidates: readonly Candidate[]): Promise<void> {
    const senders = candidates.filter(({ mustBeMember }) => mustBeMember === 'sender');
    const unknown = new Set(senders.map(({ draft }) => draft.senderId).filter((id) => !this.#active.has(id)));
    if (unknown.size === 0) return;
    for (const { userId, status } of await this.#db.memberships.findMany(
      [...unknown],
      this.#conversationId,
    )) {
      if (status === 'active') this.#active.add(userId);
    }
  }
}
