/** One connection of one user. `connectionId` is unique over all processes. */
export interface Lease {
  readonly userId: string;
  readonly connectionId: string;
}

/** Somebody whose last lease has just ended. */
export interface OfflineUser {
  readonly userId: string;
  /** ISO 8601, Redis' clock. */
  readonly lastSeenAt: string;
}

/**
 * Who is online: a user is while any lease of theirs lives. A lease ends 25 s after it was last renewed; renew it
 * every 8 s. Each change between online and offline is published once, by the very script that makes it.
 */
export interface Presence {
  /** False, and nothing changed, when the user has `leasesMax` others, over all processes. */
  acquire(lease: Lease, leasesMax: number): Promise<boolean>;
  /** In one round trip. A lease that was lost (swept, flushed) is made again, and its user is online again. */
  renew(leases: readonly Lease[]): Promise<void>;
  /** Whether Redis still has this lease: it has none of them after it was flushed, or lost its data. */
  holds(lease: Lease): Promise<boolean>;
  /** Returns the user when this was their last lease: who released it notes when they were last seen. */
  release(lease: Lease): Promise<OfflineUser | null>;
  /**
   * The ids of everybody online. Whoever died unseen is among them until a sweep takes them out and publishes it: a
   * list and the events after it never contradict each other.
   */
  online(): Promise<string[]>;
  /**
   * Ends what has expired; call it every 2 s in every process. Each user is returned to exactly one caller, who
   * notes when they were last seen.
   */
  sweep(): Promise<OfflineUser[]>;
}
