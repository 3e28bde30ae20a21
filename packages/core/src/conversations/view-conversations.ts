import type { Conversation, User } from '@confab/contract';
import type { ChangeRecord, ConversationRecord, EntryRecord, MembershipRecord } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Core } from '../core.ts';
import { toEntry } from '../timeline/entry-view.ts';
import { foldChanges } from '../timeline/fold-changes.ts';
import { countUnread } from './count-unread.ts';

/** A conversation together with the reader's membership in it. */
export interface Joined {
  readonly conversation: ConversationRecord;
  readonly membership: MembershipRecord;
}

/**
 * Conversations as their reader sees them, in the given order. Costs one query for the other people of all direct
 * conversations, one for what is pending in all of them, one seek each for the last message, and where that is above
 * what was read, one to count: nothing is kept that could go stale.
 */
export async function viewConversations(core: Core, joined: readonly Joined[]): Promise<Conversation[]> {
  if (joined.length === 0) return [];
  const peerIds = joined.flatMap(
    ({ conversation, membership }) => peerOf(conversation, membership.userId) ?? [],
  );
  const conversationIds = joined.map(({ conversation }) => conversation.id);
  // What is pending first, then the messages: a change that is applied in between is in both, and not in neither.
  const [users, pending] = await Promise.all([
    core.db.users.findByIds(peerIds),
    core.db.timeline.listPending({ conversationIds }),
  ]);
  core.changes.meet(pending);
  const peers = new Map(users.map((user) => [user.id, toUser(user)]));
  return Promise.all(
    joined.map(async (row): Promise<Conversation> => {
      const peerId = peerOf(row.conversation, row.membership.userId);
      return {
        ...toView(row),
        ...(await messagesOf(core, row, pending)),
        peer: (peerId !== null && peers.get(peerId)) || null,
      };
    }),
  );
}

/** What a row shows of its messages. */
async function messagesOf(
  core: Core,
  row: Joined,
  pending: readonly ChangeRecord[],
): Promise<Pick<Conversation, 'lastMessage' | 'unread' | 'unreadTo'>> {
  const deleted = new Set(pending.flatMap(({ kind, messageId }) => (kind === 'deletion' ? [messageId] : [])));
  const [last, unread] = await Promise.all([
    lastMessageOf(core, row),
    countUnread(core, row, (id) => deleted.has(id)),
  ]);
  if (last) raiseHintsTo(core, row, last);
  const [lastMessage] = last ? foldChanges([last], pending) : [];
  return { lastMessage: lastMessage ? toEntry(lastMessage) : null, ...unread };
}

/** Whoever reads an entry above the hints raises them: the process that stored it died before it could. */
function raiseHintsTo(core: Core, { conversation }: Joined, { rev, createdAt }: EntryRecord): void {
  if (rev <= conversation.headRev && rev <= conversation.lastMessageSeq) return;
  core.background.run('raise hints', () =>
    core.db.conversations.raiseHints(conversation.id, {
      headRev: rev,
      lastMessageSeq: rev,
      lastActivityAt: createdAt,
    }),
  );
}

function toView({
  conversation,
  membership,
}: Joined): Omit<Conversation, 'peer' | 'lastMessage' | 'unread' | 'unreadTo'> {
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
    deliveredSeq: Math.max(membership.deliveredSeq, membership.readSeq),
    readSeq: membership.readSeq,
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
