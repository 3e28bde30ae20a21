import type { TypingEvent, UserEvent, Watermark } from '@confab/contract';
import type { Database, EntryRecord } from '@confab/db';
import type { Log } from '@confab/log';
import type { Pubsub } from '@confab/pubsub';
import { toEntry } from '../timeline/entry-view.ts';

/**
 * Tells the other processes what has become durable. Never rejects: what is announced is stored already, and whoever
 * misses the announcement finds it by comparing heads.
 */
export interface Announce {
  /** Entries just stored: contiguous by rev, in order. Does not wait for Redis. */
  entries(conversationId: string, stored: readonly EntryRecord[]): void;
  toUser(userId: string, event: UserEvent): Promise<void>;
  typing(event: TypingEvent): Promise<void>;
  /** A member's watermarks rose: for every member, or in a room for their own devices. Does not wait for Redis. */
  watermark(raised: { conversationId: string; watermark: Watermark; isRoom: boolean }): void;
}

export function createAnnounce(deps: { db: Database; pubsub: Pubsub; log: Log }): Announce {
  const { db, pubsub, log } = deps;
  const failed = (error: unknown) => {
    log.warn('announcement.failed', { error });
  };
  return {
    entries(conversationId, stored) {
      const event = {
        type: 'entries.appended' as const,
        epoch: db.epoch,
        conversationId,
        entries: stored.map(toEntry),
      };
      void pubsub.publishToConversation(conversationId, event).catch(failed);
    },
    async toUser(userId, event) {
      await pubsub.publishToUser(userId, event).catch(failed);
    },
    async typing(event) {
      await pubsub.publishTyping(event).catch(failed);
    },
    watermark({ conversationId, watermark, isRoom }) {
      const event = { type: 'watermark.raised' as const, epoch: db.epoch, conversationId, watermark };
      const published = isRoom
        ? pubsub.publishToUser(watermark.userId, event)
        : pubsub.publishToConversation(conversationId, event);
      void published.catch(failed);
    },
  };
}
