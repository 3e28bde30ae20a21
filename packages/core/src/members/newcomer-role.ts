import type { ConversationRecord } from '@confab/db';
import type { Core } from '../core.ts';

/**
 * What somebody comes into a room as: its owner, where everybody had left it. Of several who come at once the index of
 * owners lets one be it; whoever was not looks again.
 */
export async function newcomerRole(
  core: Core,
  { id: conversationId, memberCount }: Pick<ConversationRecord, 'id' | 'memberCount'>,
): Promise<'owner' | 'member'> {
  // The count is behind by one where a process died before the last one's going was counted.
  if (memberCount > 1) return 'member';
  const [anybody] = await core.db.memberships.listOfConversation({ conversationId, after: null, limit: 1 });
  return anybody ? 'member' : 'owner';
}
