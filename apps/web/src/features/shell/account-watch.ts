import { detailsOf } from '@confab/client/transport';
import type { Client } from '../../lib/client.ts';

/** Socket losses come in rows while a server restarts. */
const pauseMs = 5_000;
/** Whoever signs in over a session ends it a moment before the browser has the cookie of the new one. */
const confirmMs = 1_500;

export interface AccountWatchHost {
  readonly client: Pick<Client, 'auth'>;
  /** The browser is signed in as somebody else: this page acts no more. */
  readonly onOther: () => void;
  /** The server answers, and it is still the same account. */
  readonly onSame: () => void;
  /** Somebody ended the session, here or from elsewhere: the device is to hold nothing of it. */
  readonly onRevoked: () => void;
  /** The session expired, or its cookie is gone: what is unsent waits for its owner. */
  readonly onExpired: () => void;
}

/**
 * Whether the browser is still signed in as whom the page was opened for. Closes of sockets, refusals and other tabs only
 * give a reason to ask: sign-ins follow each other, and how the server answers the cookie of this moment is what counts. An
 * answer that does not come says nothing.
 */
export class AccountWatch {
  readonly #host: AccountWatchHost;
  #askedAt = -Infinity;
  #asking = false;
  /** When there was no session for the first time: an answer a moment later decides. */
  #missingSince: number | null = null;
  /** How many there were so far. */
  #reasons = 0;

  constructor(host: AccountWatchHost) {
    this.#host = host;
  }

  /** At most once in 5 s, for what may mean nothing. */
  mayHaveChanged(): void {
    if (performance.now() - this.#askedAt >= pauseMs) this.hasChanged();
  }

  /** Now, and once more if there is another reason to while the question is under way. */
  hasChanged(): void {
    this.#reasons += 1;
    if (!this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    const reasons = this.#reasons;
    this.#askedAt = performance.now();
    const error: unknown = await this.#host.client.auth.me.query().then(
      () => null,
      (refused: unknown) => refused,
    );
    this.#asking = false;
    if (error === null) {
      this.#missingSince = null;
      this.#host.onSame();
    }
    const details = detailsOf(error);
    if (details?.code === 'OTHER_ACCOUNT') this.#host.onOther();
    else if (details?.code === 'UNAUTHENTICATED' && details.sessionRevoked) this.#host.onRevoked();
    else if (details?.code === 'UNAUTHENTICATED') this.#confirmExpired();
    else if (this.#reasons > reasons) void this.#ask();
  }

  #confirmExpired(): void {
    const now = performance.now();
    if (this.#missingSince !== null) {
      if (now - this.#missingSince >= confirmMs) this.#host.onExpired();
      return;
    }
    this.#missingSince = now;
    setTimeout(() => {
      this.hasChanged();
    }, confirmMs);
  }
}
