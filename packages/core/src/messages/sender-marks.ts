import type { Core } from '../core.ts';

/** Between two writes of one member's marks. */
const writeEveryMs = 1_000;

/**
 * Whoever writes has read what stands above. Nobody waits for it, and nobody is told: the message itself says so to
 * every device. However many messages a member sends, it costs at most one write a second; a process that dies before
 * the last one leaves marks that are too low, and the member's next device that reads raises them.
 */
export interface SenderMarks {
  raise(conversationId: string, userId: string, rev: number): void;
}

export function createSenderMarks({ db, background }: Pick<Core, 'db' | 'background'>): SenderMarks {
  /** Up to where marks are to rise of those whose last write is less than a second old. */
  const wanted = new Map<string, number>();

  function write(key: string, ids: { conversationId: string; userId: string }, rev: number): void {
    background.run('raise sender marks', async () => {
      const marks = { deliveredSeq: rev, readSeq: rev };
      await db.memberships.raiseWatermarks(ids.userId, ids.conversationId, marks);
    });
    const next = () => {
      const higher = wanted.get(key) ?? 0;
      if (higher > rev) write(key, ids, higher);
      else wanted.delete(key);
    };
    setTimeout(next, writeEveryMs).unref();
  }

  return {
    raise(conversationId, userId, rev) {
      const key = `${conversationId}:${userId}`;
      const before = wanted.get(key);
      wanted.set(key, Math.max(rev, before ?? 0));
      if (before === undefined) write(key, { conversationId, userId }, rev);
    },
  };
}
