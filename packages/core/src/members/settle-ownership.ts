import type { MembershipRecord } from '@confab/db';
import type { Core } from '../core.ts';
import { recordChange } from './record-change.ts';

interface Succession {
  /** Who gave the conversation up, as unrecorded as they then were. */
  readonly from: MembershipRecord;
  /** Who is to own it; null for whoever is next. */
  readonly heirId: string | null;
}

/**
 * Gives a conversation that its owner gave up another one: the heir, or where they are gone, the longest-standing
 * moderator, else member.
 *
 * There is never more than one owner. An owner gives up first, by one write that also says that a new one is due
 * (`heirId` of what is unrecorded), and only who completes that makes one. All who complete it read the candidate
 * first, then that it is still due, then that there is no owner, and then change the candidate only as it was read: had
 * another one been made owner meanwhile, either the owner would be there, or, given up again, this succession closed
 * ({@link closeSuccessions}). Between the two writes there is no owner; should the process die there, the next one who
 * meets the membership, or the janitor, goes on.
 */
export async function settleOwnership(core: Core, { from, heirId }: Succession): Promise<void> {
  const { memberships } = core.db;
  const { conversationId, userId: byId } = from;
  for (;;) {
    const candidate = await findCandidate(core, conversationId, heirId);
    if (!candidate || !(await isDue(core, from))) return;
    if (await memberships.findStaff(conversationId, 'owner')) return;
    // Where the one who gave it up gets it back, because the heir is gone, their change is not closed here: this write
    // replaces it, so that nobody who dies before it leaves the conversation without anybody to go on.
    if (candidate.id !== from.id) await recordChange(core, candidate);
    const crowned = await memberships.transition(candidate, {
      role: 'owner',
      silencedUntil: null,
      unrecorded: { change: 'madeOwner', byId, countDelta: 0 },
    });
    if (!crowned) continue;
    await recordChange(core, crowned);
    return;
  }
}

/** To be called before an owner gives up: no older succession of the conversation may be open then. */
export async function closeSuccessions(core: Core, conversationId: string): Promise<void> {
  const open = await core.db.memberships.listUnrecorded({ conversationId });
  for (const membership of open) {
    if (membership.unrecorded?.heirId !== undefined) await recordChange(core, membership);
  }
}

async function findCandidate(core: Core, conversationId: string, heirId: string | null) {
  const { memberships } = core.db;
  const heir = heirId === null ? null : await memberships.find(heirId, conversationId);
  if (heir?.status === 'active') return heir;
  const moderator = await memberships.findStaff(conversationId, 'moderator');
  if (moderator) return moderator;
  const [oldest] = await memberships.listOfConversation({ conversationId, after: null, limit: 1 });
  return oldest;
}

async function isDue(core: Core, { userId, conversationId, version }: MembershipRecord): Promise<boolean> {
  const now = await core.db.memberships.find(userId, conversationId);
  return now?.version === version && now.unrecorded !== null;
}
