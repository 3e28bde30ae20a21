import { ConfabError, type Entry } from '@confab/contract';
import type { Live } from './live.ts';
import { LogFeed } from './log-feed.ts';
import type { Api } from './transport/api.ts';
import { Watch } from './watch.ts';

/** An entry of a conversation's log that this reader may see. */
export type LogEntry = Exclude<Entry, { kind: 'void' }>;

export interface FollowOptions {
  /**
   * `now`: what is stored after the first `next()`; `start`: everything that this reader may see; a rev: from that
   * entry on, itself included. Defaults to `now`.
   */
  readonly from?: 'now' | 'start' | number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

export interface Connected {
  readonly api: Api;
  readonly live: Live;
}

interface Place {
  readonly conversationId: string;
  /** Up to where it was read. */
  cursor: number;
  /** An answer has shown that it may be read. */
  hadAccess: boolean;
}

/** Before the next pull, where the log did not hold yet what it was said to hold. */
const stalePauseMs = 500;

/**
 * A conversation's log, live: every entry once and in order, whatever breaks meanwhile, at the reader's own pace.
 * What the log holds is pulled; live events save the pull while they are contiguous. (The timeline of packages/sync is
 * for a screen: after a long absence it goes on with the newest page.)
 *
 * Ends when the reader loses access, by the signal, and by the connection's `close`.
 * @throws ConfabError NOT_FOUND (no access to begin with), UNAUTHENTICATED, BAD_INPUT, EPOCH_CHANGED (the server was
 *   restored from a backup: revs from before it mean nothing)
 */
export async function* follow(
  connected: Connected,
  conversationId: string,
  { from = 'now', signal }: FollowOptions = {},
): AsyncGenerator<LogEntry, void, undefined> {
  const feed = new LogFeed(conversationId);
  const onEvent = feed.hear.bind(feed);
  using watch = new Watch(connected.live, { signal, onEvent });
  const reader = { ...connected, feed, watch };
  const start = from === 'now' ? await findEnd(reader, conversationId) : from === 'start' ? 0 : from - 1;
  const hadAccess = from === 'now';
  if (start !== null) yield* readOn(reader, { conversationId, cursor: start, hadAccess });
  if (connected.live.ended?.code === 'UNAUTHENTICATED') throw connected.live.ended;
}

interface Reader extends Connected {
  readonly feed: LogFeed;
  readonly watch: Watch;
}

async function* readOn(reader: Reader, place: Place): AsyncGenerator<LogEntry, void, undefined> {
  const { feed, watch } = reader;
  while (!watch.hasEnded()) {
    const entries: readonly Entry[] | null = feed.isBehind(place.cursor)
      ? await pull(reader, place)
      : feed.take(place.cursor);
    if (entries === null) return;
    place.hadAccess = true;
    for (const entry of entries) {
      if (watch.hasEnded()) return;
      place.cursor = entry.rev;
      if (entry.kind !== 'void') yield entry;
    }
    if (entries.length === 0) await watch.changed(feed.isBehind(place.cursor) ? stalePauseMs : undefined);
  }
}

/** What follows the cursor; null at the end. */
async function pull(
  { api, live, feed, watch }: Reader,
  { conversationId, cursor: after, hadAccess }: Place,
): Promise<readonly Entry[] | null> {
  feed.beginPull();
  try {
    const input = { conversationId, after };
    const answer = await watch.ask((signal) => api.messages.pull.query(input, { signal }));
    if (answer === null) return null;
    feed.meet(answer.epoch);
    if (answer.more) feed.doubt();
    return answer.entries;
  } catch (error) {
    if (!hadAccess || !(error instanceof ConfabError) || error.code !== 'NOT_FOUND') throw error;
    // The event may have been missed: whoever lists conversations has to know that this one begins anew.
    live.tell({ type: 'conversation.left', conversationId });
    return null;
  }
}

/** The cursor of somebody who has read everything. A conversation's `headRev` may be ahead of what is stored. */
async function findEnd({ api, feed, watch }: Reader, conversationId: string): Promise<number | null> {
  const input = { conversationId, limit: 1 };
  const page = await watch.ask((signal) => api.messages.page.query(input, { signal }));
  if (page === null) return null;
  feed.meet(page.epoch);
  return page.cursor;
}
