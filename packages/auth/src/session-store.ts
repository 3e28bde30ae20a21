/** Who a session belongs to: what every request needs to know about its caller. */
export interface SessionUser {
  readonly id: string;
  readonly name: string;
  readonly role: 'user' | 'admin';
}

/** A session as it is stored. Nothing in it opens a session: the token is not among it. */
export interface SessionRecord {
  /** SHA-256 of the token, 64 lower-case hex digits. */
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** To within {@link lastUsedGranularityMs}. */
  readonly lastUsedAt: Date;
  /** As the browser named itself at sign-in; null when it did not. */
  readonly userAgent: string | null;
  /** The address of the sign-in; null when unknown. */
  readonly ip: string | null;
}

/** How stale `lastUsedAt` may be: so many milliseconds pass between two writes of it. */
export const lastUsedGranularityMs = 5 * 60_000;

/** Where sessions are kept. Every write is durable when its promise resolves; rejections reach the caller. */
export interface SessionStore {
  /** Null when there is no such session. `user: null` when its user is gone or may no longer sign in. */
  find(
    tokenHash: string,
  ): Promise<{ readonly session: SessionRecord; readonly user: SessionUser | null } | null>;
  insert(session: SessionRecord): Promise<void>;
  /** Resolves also when there was none. */
  deleteByHash(tokenHash: string): Promise<void>;
  /** Which of these are there, end after `now` and began after `since`. At most 1,000 at a time. */
  findLiving(
    tokenHashes: readonly string[],
    dates: { readonly now: Date; readonly since: Date },
  ): Promise<string[]>;
  /**
   * Deletes every session of a user, but for `except` (a token hash), and returns the hashes of those that it
   * deleted: their sockets have to close.
   */
  deleteByUser(userId: string, except?: string): Promise<string[]>;
  /** Including expired ones that were not yet cleaned away. */
  listByUser(userId: string): Promise<SessionRecord[]>;
  /** Changes an existing session only: one revoked in the meantime must not come back. Never moves a date back. */
  updateExpiry(
    tokenHash: string,
    dates: { readonly expiresAt: Date; readonly lastUsedAt: Date },
  ): Promise<void>;
  deleteExpired(now: Date): Promise<void>;
}
