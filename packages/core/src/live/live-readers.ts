/** What the database says about one membership now. */
export interface MembershipState {
  readonly conversationId: string;
  readonly active: boolean;
  readonly visibleFromRev: number;
}

/** One subscription of a user that depends on their memberships. */
export interface LiveReader {
  /** Whether it is served with events of this conversation, and so was a member when last asked. */
  reads(conversationId: string): boolean;
  /** A membership began, ended, or is as it was: brings what is served in line, and tells the reader of a difference. */
  membershipSeen(membership: MembershipState): void;
}

/** The readers of this process by user. */
export class LiveReaders {
  readonly #byUser = new Map<string, Set<LiveReader>>();

  /** Returns how to take it out again. */
  add(userId: string, reader: LiveReader): () => void {
    const readers = this.#byUser.get(userId) ?? new Set();
    this.#byUser.set(userId, readers.add(reader));
    return () => {
      readers.delete(reader);
      if (readers.size === 0 && this.#byUser.get(userId) === readers) this.#byUser.delete(userId);
    };
  }

  of(userId: string): Iterable<LiveReader> {
    return this.#byUser.get(userId) ?? [];
  }

  /** Whether a connection of the user on this process is served with this conversation. */
  reads(userId: string, conversationId: string): boolean {
    for (const reader of this.of(userId)) if (reader.reads(conversationId)) return true;
    return false;
  }
}
