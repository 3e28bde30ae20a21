import { createHash } from 'node:crypto';

/** Some 4 MB. Beyond, those that were not seen for longest are forgotten. */
const seenMax = 20_000;

/**
 * Whose sessions this process has lately found to be alive: enough to know who is to be charged for a request before
 * the database is asked about it, and never enough to let anybody in.
 */
export class SeenSessions {
  readonly #byHash = new Map<string, string>();

  /** The user whose session it was; null where a request is to be charged to its address. */
  whose(token: string | null): string | null {
    return token === null ? null : (this.#byHash.get(hashOf(token)) ?? null);
  }

  /** What the database says of it by now: whose it is, or nobody's. */
  note(token: string, userId: string | null): void {
    const hash = hashOf(token);
    this.#byHash.delete(hash);
    if (userId === null) return;
    this.#byHash.set(hash, userId);
    const [oldest] = this.#byHash.keys();
    if (this.#byHash.size > seenMax && oldest !== undefined) this.#byHash.delete(oldest);
  }
}

/** Memory holds no tokens either. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
