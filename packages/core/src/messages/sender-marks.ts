import type { Core } from '../core.ts';

/** How long a mark waits for others, so that all of a process's go in one command. */
const gatherMs = 1_000;

/**
 * Whoever writes has read what stands above. Nobody waits for it, and nobody is told: the message itself says so to
 * every device. However many messages are sent, it costs a process one command a second; a process that dies before
 * leaves marks that are too low, and the member's next device that reads raises them.
 */
export interface SenderMarks {
  raise(conversationId: string, userId: string, rev: number): void;
  /** Writes at once, in the background, what waits for its second to be over. */
  flush(): void;
}

export function createSenderMarks({ db, background }: Pick<Core, 'db' | 'background'>): SenderMarks {
  let waiting = new Map<string, { userId: string; conversationId: string; rev: number }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    const marks = [...waiting.values()];
    waiting = new Map();
    if (marks.length > 0) background.run('raise sender marks', () => db.memberships.raiseReadMarks(marks));
  }

  return {
    raise(conversationId, userId, rev) {
      const key = `${conversationId}:${userId}`;
      const known = waiting.get(key);
      if (known) known.rev = Math.max(known.rev, rev);
      else waiting.set(key, { conversationId, userId, rev });
      timer ??= setTimeout(flush, gatherMs).unref();
    },
    flush,
  };
}
