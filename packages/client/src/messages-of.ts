import type { MessageEntry } from '@confab/contract';
import { follow, type Connected, type FollowOptions } from './follow.ts';

/** The messages that come, those left out that were deleted before. @throws as {@link follow} does */
export async function* messagesOf(
  connected: Connected,
  conversationId: string,
  options?: FollowOptions,
): AsyncGenerator<MessageEntry, void, undefined> {
  for await (const entry of follow(connected, conversationId, options)) {
    if (entry.kind === 'message' && entry.deletedRev === undefined) yield entry;
  }
}
