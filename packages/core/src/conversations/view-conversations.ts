import type { Conversation, User } from '@confab/contract';
import type { ConversationRecord, MembershipRecord } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Core } from '../core.ts';
import { toEntry } from '../timeline/entry-view.ts';

/** A conversation together with the reader's membership in it. */
export interface Joined {
  readonly conversation: ConversationRecord;
  readonly membership: MembershipRecord;
}

/**
 * Conversations as their reader sees them, in the given order. Costs one query for all the other people of direct
 * conversations, and one seek each for the last message: nothing is kept that could go stale.
 */
export async function viewConversations(core: Core, joined: readonly Joined[]): Promise<Conversation[]> {
  const peerIds = joined.flatMap(
    ({ conversation, membership }) => peerOf(conversation, membership.userId) ?? [],
  );
  const [users, lastMessages] = await Promise.all([
    core.db.users.findByIds(peerIds),
    Promise.all(joined.map((row) => lastMessageOf(core, row))),
  ]);
  const peers = new Map(users.map((user) => [user.id, toUser(user)]));
  return joined.map(({ conversation, membership }, i) => {
    const peerId = peerOf(conversation, membership.userId);
    const lastMessage = lastMessages[i];
    return {
      ...toView({ conversation, membership }),
      peer: (peerId !== null && peers.get(peerId)) || null,
      lastMessage: lastMessage ? toEntry(lastMessage) : null,
    };
  });
}

function toView({ conversation, membership }: Joined): Omit<Conversation, 'peer' | 'lastMessage'> {
  return {
    id: conversation.id,
    kind: conversation.kind,
    name: conversation.name,
    topic: conversation.topic,
    memberCount: conversation.memberCount,
    role: membership.role,
    headRev: conversation.headRev,
    from: membership.visibleFromRev,
    createdAt: conversation.createdAt.toISOString(),
    lastActivityAt: conversation.lastActivityAt.toISOString(),
  };
}

/** The other one of a direct conversation. */
export function peerOf(conversation: ConversationRecord, userId: string): User['id'] | null {
  return conversation.pair?.find((id) => id !== userId) ?? null;
}

async function lastMessageOf(core: Core, { conversation, membership }: Joined) {
  if (conversation.lastMessageSeq < membership.visibleFromRev) return null;
  return core.db.timeline.lastMessage(conversation.id, membership.visibleFromRev);
}
