import type { Conversation, User } from '@confab/contract';
import type { ConversationRecord, EntryRecord, MembershipRecord, PendingRecord } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Core } from '../core.ts';
import { toEntry } from '../timeline/entry-view.ts';
import { foldChanges } from '../timeline/fold-changes.ts';
import { foldConversation } from '../timeline/fold-conversation.ts';
import { countUnread } from './count-unread.ts';
import { lastMessages } from './last-messages.ts';

/** A conversation together with the reader's membership in it. */
export interface Joined {
  readonly conversation: ConversationRecord;
  readonly membership: MembershipRecord;
}

/**
 * Conversations as their one reader sees them, in the given order. Costs one query for the other people of all direct
 * conversations, one for whom the reader blocked, one for the last messages of 250 rows, and for each row with a message above what was read, one to
 * count: nothing is kept that could go stale.
 *
 * What is pending in them has to have been read before the conversations themselves, and so before the messages: what
 * is applied in between is then in both, and not in neither.
 */
export async function viewConversations(
  core: Core,
  joined: readonly Joined[],
  pending: readonly PendingRecord[],
): Promise<Conversation[]> {
  const [first] = joined;
  if (first === undefined) return [];
  const peerIds = joined.flatMap(
    ({ conversation, membership }) => peerOf(conversation, membership.userId) ?? [],
  );
  core.changes.meet(pending);
  const [users, blocked, lasts] = await Promise.all([
    core.db.users.findByIds(peerIds),
    core.db.blocks.blockedBy(first.membership.userId),
    lastMessages(core, joined),
  ]);
  const peers = new Map(users.map((user) => [user.id, toUser(user)]));
  return Promise.all(
    joined.map(async (row): Promise<Conversation> => {
      const peerId = peerOf(row.conversation, row.membership.userId);
      return {
        ...toView({ ...row, conversation: foldConversation(row.conversation, pending) }),
        ...(await messagesOf(core, row, { pending, blocked, last: lasts.get(row.conversation.id) })),
        peer: (peerId !== null && peers.get(peerId)) || null,
        ...(peerId !== null && blocked.has(peerId) && { peerBlocked: true }),
      };
    }),
  );
}

interface Shown {
  readonly pending: readonly PendingRecord[];
  readonly blocked: ReadonlySet<string>;
  readonly last: EntryRecord | undefined;
}

/** What a row shows of its messages. */
async function messagesOf(
  core: Core,
  row: Joined,
  { pending, blocked, last }: Shown,
): Promise<Pick<Conversation, 'lastMessage' | 'unread' | 'unreadTo'>> {
  const deleted = new Set(
    pending.flatMap((change) => (change.kind === 'deletion' ? [change.messageId] : [])),
  );
  const unread = await countUnread(core, row, { isDeleted: (id) => deleted.has(id), blocked });
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
    visibility: conversation.visibility,
    slowModeSeconds: conversation.slowModeSeconds,
    newMembersSeeHistory: conversation.kind === 'room' || conversation.newMembersSeeHistory,
    settingsRev: conversation.appliedRev,
    memberCount: conversation.memberCount,
    role: membership.role,
    silencedUntil: membership.silencedUntil && membership.silencedUntil.toISOString(),
    preferences: membership.preferences,
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
