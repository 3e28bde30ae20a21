import type { EntriesAppended } from '@confab/contract';
import type { Log } from '@confab/log';

/**
 * Logs what was received (R0.12) without a line per receiver: an event goes to all its sockets in one turn of the event
 * loop, and after that turn each message has one line that says how many sockets of this process it went to.
 */
export interface DeliveryLog {
  /** One event went to one socket. */
  note(event: EntriesAppended): void;
}

export function createDeliveryLog(log: Log): DeliveryLog {
  const counts = new Map<string, { conversationId: string; rev: number; entryId: string; sockets: number }>();

  const flush = () => {
    for (const line of counts.values()) log.info('message.received', line);
    counts.clear();
  };
  return {
    note({ conversationId, entries }) {
      if (counts.size === 0) setImmediate(flush);
      for (const entry of entries) {
        if (entry.kind !== 'message') continue;
        const line = counts.get(entry.id) ?? {
          conversationId,
          rev: entry.rev,
          entryId: entry.id,
          sockets: 0,
        };
        line.sockets += 1;
        counts.set(entry.id, line);
      }
    },
  };
}
