import type { Database, TouchedConversation, TouchedMembership } from '@confab/db';
import type { Log } from '@confab/log';
import type { Pubsub } from '@confab/pubsub';
import type { ConversationHub } from './conversation-hub.ts';
import type { LiveReaders } from './live-readers.ts';
import type { SessionWatch } from './session-watch.ts';
import { TouchedTail } from './touched-tail.ts';

interface WatchdogParts {
  readonly db: Database;
  readonly pubsub: Pubsub;
  readonly log: Log;
  readonly hub: ConversationHub;
  readonly readers: LiveReaders;
  readonly sessions: SessionWatch;
  /** An announcement may be on its way for so long: nobody is told of what is about to arrive. */
  readonly graceMs: number;
}

/**
 * Finds what Redis did not tell this process, by asking the database: a lost announcement that is followed by silence
 * leaves no gap that anybody could notice. While Redis is away this is how messages arrive.
 */
export class Watchdog {
  readonly #parts: WatchdogParts;
  readonly #conversations: TouchedTail<TouchedConversation>;
  readonly #memberships: TouchedTail<TouchedMembership>;
  /** Rounds run one after the other: two at once would tell twice. */
  #last: Promise<void> = Promise.resolve();
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: WatchdogParts) {
    this.#parts = parts;
    this.#conversations = new TouchedTail((since) => parts.db.conversations.touchedSince(since));
    this.#memberships = new TouchedTail((since) => parts.db.memberships.touchedSince(since));
  }

  /** Runs a round now, whose end fixes where the next one starts from, and then every `everyMs`. */
  start(everyMs: number): void {
    this.runRound();
    this.#timer = setInterval(() => {
      // While the database does not answer, rounds must not pile up.
      if (this.#underWay === 0) this.runRound();
    }, everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A round whose failure is told in the log; the next one makes up for it. */
  runRound(): void {
    this.#underWay += 1;
    this.round()
      .catch((error: unknown) => {
        this.#parts.log.warn('watchdog.failed', { error });
      })
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  /** One round: two queries, and one more per 1,000 sessions. */
  async round(): Promise<void> {
    await Promise.all([this.recheck(), this.#tellHeads()]);
  }

  /** Sessions and memberships: who may be sent anything at all. */
  recheck(): Promise<void> {
    const done = this.#last.then(async () => {
      const [sessions, memberships] = await Promise.all([
        this.#parts.sessions.recheck(),
        this.#memberships.next(),
      ]);
      for (const membership of memberships) {
        for (const reader of this.#parts.readers.of(membership.userId)) reader.membershipSeen(membership);
      }
      if (sessions > 0) this.#parts.log.warn('watchdog.sessionsEnded', { sessions });
    });
    // The next one goes on after a failed one; the failure is the caller's to report.
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #tellHeads(): Promise<void> {
    const touched = await this.#conversations.next();
    const { pubsub, hub, log, graceMs } = this.#parts;
    const away = pubsub.status().subscriber === 'away';
    if (!away && graceMs > 0) await new Promise((resolve) => setTimeout(resolve, graceMs).unref());
    let conversations = 0;
    let readers = 0;
    for (const { id, headRev } of touched) {
      const told = hub.advance(id, headRev);
      if (told > 0) conversations += 1;
      readers += told;
    }
    if (conversations > 0)
      log.info('watchdog.told', { conversations, readers, redis: away ? 'away' : 'ready' });
  }
}
