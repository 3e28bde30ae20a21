import { ConfabError, type MemberChange } from '@confab/contract';
import {
  type Database,
  DuplicateKeyError,
  type MembershipRecord,
  type MembershipStatus,
  type NewMembership,
  type UnrecordedChange,
} from '@confab/db';
import type { Core } from '../core.ts';
import { recordChange } from './record-change.ts';

/**
 * A membership is changed in two steps: first the membership itself, which carries the change as unrecorded, then its
 * entry in the log (record-change.ts).
 */
interface Change {
  readonly conversationId: string;
  /** Whose membership. */
  readonly userId: string;
  /** Who does it. */
  readonly byId: string;
  readonly change: MemberChange;
}

/**
 * Lets somebody in, or does nothing when they are in already.
 * @returns false when somebody else took the seat, or the ownership, that `start` names: nothing was done
 * @throws ConfabError BANNED
 */
export async function admitMember(
  core: Core,
  { conversationId, userId, byId, change }: Change & { change: 'joined' | 'added' },
  start: Pick<NewMembership, 'role' | 'visibleFromRev' | 'seat'>,
): Promise<boolean> {
  const { memberships, timeline } = core.db;
  const [before, head] = await Promise.all([
    memberships.find(userId, conversationId),
    timeline.highestRev(conversationId),
  ]);
  // What stands there already is not unread to a newcomer.
  const fields = {
    ...start,
    deliveredSeq: head,
    readSeq: head,
    joinedAt: core.now(),
    unrecorded: { change, byId, countDelta: 1 as const },
  };
  if (!before) {
    try {
      await memberships.createMissing([{ userId, conversationId, ...fields }]);
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error;
    }
  } else if (before.status === 'banned') {
    throw new ConfabError('BANNED');
  } else if (before.status !== 'active') {
    await recordChange(core, before);
    await memberships.transition(before, { status: 'active', ...fields });
  }
  const after = await memberships.find(userId, conversationId);
  if (after?.status === 'banned') throw new ConfabError('BANNED');
  if (after) await recordChange(core, after);
  return after?.status === 'active';
}

/**
 * Takes somebody's access away. The membership comes first: a send that stands behind the entry would have collided
 * with it, and access been read again. An owner who leaves passes the conversation on.
 * @returns false when somebody else changed the membership meanwhile: nothing was done
 */
export async function dismissMember(
  core: Core,
  membership: MembershipRecord,
  { byId, status }: { byId: string; status: Exclude<MembershipStatus, 'active'> },
): Promise<boolean> {
  const countDelta = membership.status === 'active' ? (-1 as const) : (0 as const);
  const gaveUp = membership.role === 'owner' && { heirId: null };
  return changeMember(core, membership, {
    status,
    role: 'member',
    unrecorded: { change: status, byId, countDelta, ...gaveUp },
  });
}

/** Changes a membership if nobody else has meanwhile, and records that. @returns whether it did */
export async function changeMember(
  core: Core,
  membership: MembershipRecord,
  change: Parameters<Database['memberships']['transition']>[1] & { readonly unrecorded: UnrecordedChange },
): Promise<boolean> {
  await recordChange(core, membership);
  const moved = await core.db.memberships.transition(membership, change);
  if (moved) await recordChange(core, moved);
  return moved !== null;
}

const attemptsMax = 10;

/**
 * Repeats an action that looks at memberships and then changes one, until it came through: with each attempt it looks,
 * and decides, anew. @throws ConfabError UNAVAILABLE where others come first again and again, and what `act` throws
 */
export async function untilDone(act: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < attemptsMax; attempt++) if (await act()) return;
  throw new ConfabError('UNAVAILABLE');
}
