import { type Conversation, type ConversationPage, limits } from '@confab/contract';
import { decodePageCursor, encodePageCursor, type PendingRecord } from '@confab/db';
import type { Actor, Core } from '../core.ts';
import { type Joined, viewConversations } from './view-conversations.ts';

/**
 * The actor's conversations: pinned ones first, then by latest activity.
 *
 * What a page of p rows costs a reader of n conversations: three commands order the whole list (n memberships, n
 * conversations, and what little is pending in them); for the page's rows one finds the other people, one whom the reader
 * blocked, and one for every 250 rows their last messages; a row with a message above what was read costs one more, of at most `limits.unreadMax`
 * entries (see {@link viewConversations}). Ordering is paid anew by every page, so pages are large.
 */
export async function listConversations(
  core: Core,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
): Promise<ConversationPage> {
  const after =
    input.cursor === undefined ? null : decodePageCursor(input.cursor, ['number', 'number', 'id']);
  const { rows, pending } = await joinedConversations(core, actor.userId);
  const joined = rows.sort(byPlace);
  const rest = after ? joined.filter((row) => isAfter(row, after)) : joined;
  const viewed = await viewConversations(core, rest.slice(0, input.limit), pending);
  const conversations = withinBytes(viewed);
  const last = rest.length > conversations.length ? rest[conversations.length - 1] : undefined;
  return {
    epoch: core.db.epoch,
    conversations,
    nextCursor: last ? encodePageCursor(placeOf(last)) : null,
  };
}

/** The first rows, until their last messages have as many bytes as an answer may: hundreds of long ones have megabytes. */
function withinBytes(rows: readonly Conversation[]): Conversation[] {
  let bytes = 0;
  const end = rows.findIndex(({ lastMessage }) => {
    bytes += Buffer.byteLength(JSON.stringify(lastMessage));
    return bytes > limits.pageBytesMax;
  });
  return rows.slice(0, end < 0 ? rows.length : end + 1);
}

async function joinedConversations(
  core: Core,
  userId: string,
): Promise<{ rows: Joined[]; pending: PendingRecord[] }> {
  const memberships = await core.db.memberships.listOfUser(userId);
  const conversationIds = memberships.map((row) => row.conversationId);
  // Before the conversations: see viewConversations.
  const pending = await core.db.timeline.listPending({ conversationIds });
  const conversations = await core.db.conversations.findByIds(conversationIds);
  const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const rows = memberships.flatMap((membership) => {
    const conversation = byId.get(membership.conversationId);
    return conversation && isWorthShowing(conversation, userId) ? [{ conversation, membership }] : [];
  });
  return { rows, pending };
}

/** A direct conversation appears to the other person with its first message. */
function isWorthShowing({ kind, headRev, createdBy }: Joined['conversation'], userId: string): boolean {
  return kind !== 'direct' || headRev > 0 || createdBy === userId;
}

/** Pinned or not, when something happened last, and the id, which makes it one order. Higher stands first. */
type Place = readonly [pinned: number, lastActivityAt: number, id: string];

function placeOf({ conversation, membership }: Joined): Place {
  return [Number(membership.preferences.pinned), conversation.lastActivityAt.getTime(), conversation.id];
}

function byPlace(a: Joined, b: Joined): number {
  return comparePlaces(placeOf(a), placeOf(b));
}

function comparePlaces(a: Place, b: Place): number {
  return b[0] - a[0] || b[1] - a[1] || (a[2] === b[2] ? 0 : a[2] < b[2] ? 1 : -1);
}

function isAfter(row: Joined, place: Place): boolean {
  return comparePlaces(placeOf(row), place) > 0;
}
