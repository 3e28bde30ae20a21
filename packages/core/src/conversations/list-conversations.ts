import type { ConversationPage } from '@confab/contract';
import { decodePageCursor, encodePageCursor } from '@confab/db';
import type { Actor, Core } from '../core.ts';
import { type Joined, viewConversations } from './view-conversations.ts';

/**
 * The actor's conversations, latest activity first. Two queries find and order them all (memberships, then
 * conversations by id); only the rows of the page cost more.
 */
export async function listConversations(
  core: Core,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
): Promise<ConversationPage> {
  const after = input.cursor === undefined ? null : decodePageCursor(input.cursor, ['number', 'id']);
  const joined = (await joinedConversations(core, actor.userId)).sort(byActivity);
  const rest = after ? joined.filter((row) => isAfter(row, after)) : joined;
  const page = rest.slice(0, input.limit);
  const last = rest.length > page.length ? page.at(-1)?.conversation : undefined;
  return {
    epoch: core.db.epoch,
    conversations: await viewConversations(core, page),
    nextCursor: last ? encodePageCursor([last.lastActivityAt.getTime(), last.id]) : null,
  };
}

async function joinedConversations(core: Core, userId: string): Promise<Joined[]> {
  const memberships = await core.db.memberships.listOfUser(userId);
  const conversations = await core.db.conversations.findByIds(memberships.map((row) => row.conversationId));
  const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  return memberships.flatMap((membership) => {
    const conversation = byId.get(membership.conversationId);
    return conversation && isWorthShowing(conversation, userId) ? [{ conversation, membership }] : [];
  });
}

/** A direct conversation appears to the other person with its first message. */
function isWorthShowing({ kind, headRev, createdBy }: Joined['conversation'], userId: string): boolean {
  return kind !== 'direct' || headRev > 0 || createdBy === userId;
}

function byActivity(a: Joined, b: Joined): number {
  const difference = b.conversation.lastActivityAt.getTime() - a.conversation.lastActivityAt.getTime();
  return difference || (a.conversation.id < b.conversation.id ? 1 : -1);
}

function isAfter({ conversation }: Joined, [lastActivityAt, id]: readonly [number, string]): boolean {
  const at = conversation.lastActivityAt.getTime();
  return at < lastActivityAt || (at === lastActivityAt && conversation.id < id);
}
