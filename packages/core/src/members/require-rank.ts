import { ConfabError, type MemberRole } from '@confab/contract';
import type { MembershipRecord } from '@confab/db';

const ranks: Record<MemberRole, number> = { owner: 2, moderator: 1, member: 0 };

/** Owners and moderators act on those below their rank, and never on themselves. @throws ConfabError FORBIDDEN */
export function requireRankAbove(own: MembershipRecord, other: Pick<MembershipRecord, 'role'>): void {
  if (ranks[own.role] <= ranks[other.role]) throw new ConfabError('FORBIDDEN');
}

/** @throws ConfabError FORBIDDEN for plain members: in a direct conversation, everybody is one */
export function requireModerator({ role }: MembershipRecord): void {
  if (role === 'member') throw new ConfabError('FORBIDDEN');
}
