import { limits } from '@confab/contract';
import type { Core } from '../core.ts';
import type { Joined } from './view-conversations.ts';

/** Deleted messages, those of blocked people and one's own stand between the counted ones; past so many of them the count stops short. */
const chunksMax = 10;

export interface Unread {
  readonly unread: number;
  readonly unreadTo: number;
}

/** What is not counted, beside one's own. */
export interface Uncounted {
  readonly isDeleted: (messageId: string) => boolean;
  /** Whom the reader blocked. */
  readonly blocked: ReadonlySet<string>;
}

/**
 * Messages of others above `readSeq` that are not deleted, and not of somebody blocked, counted to `limits.unreadMax`. `unreadTo` is the last message
 * that was looked at, never a head: heads may run ahead of the log, and a message that then comes below one would be in
 * nobody's count.
 */
export async function countUnread(
  core: Core,
  { conversation, membership }: Joined,
  { isDeleted, blocked }: Uncounted,
): Promise<Unread> {
  let unreadTo = Math.max(membership.readSeq, membership.visibleFromRev - 1);
  let unread = 0;
  if (conversation.lastMessageSeq <= unreadTo) return { unread, unreadTo };
  for (let chunk = 0; chunk < chunksMax; chunk++) {
    const query = { conversationId: conversation.id, after: unreadTo, limit: limits.unreadMax };
    const marks = await core.db.timeline.listMarks(query);
    for (const { id, rev, senderId, deleted } of marks) {
      unreadTo = rev;
      const isSilent = senderId === membership.userId || blocked.has(senderId);
      if (!isSilent && !deleted && !isDeleted(id)) unread += 1;
      if (unread === limits.unreadMax) return { unread, unreadTo };
    }
    if (marks.length < limits.unreadMax) break;
  }
  return { unread, unreadTo };
}
