import type { Member, MemberEntry, MemberPage } from '@confab/contract';
import type { Timeline, TimelineItem } from '@confab/sync';

export type MemberPatch = Partial<Pick<Member, 'role' | 'silencedUntil'>>;

/** The rev of the last thing that happened to a member, of what is held; 0 for none. */
export function lastMemberRev({ items }: Timeline): number {
  const last = items.findLast((item) => item.type === 'entry' && item.entry.kind === 'member');
  return last?.type === 'entry' ? last.entry.rev : 0;
}

/** What an entry made of the member it is about; null: they are gone, undefined: nothing that a row shows. */
function patchOf({ change, until }: MemberEntry): MemberPatch | null | undefined {
  switch (change) {
    case 'left':
    case 'removed':
    case 'banned':
    case 'unbanned':
      return null;
    case 'madeOwner':
      return { role: 'owner', silencedUntil: null };
    case 'madeModerator':
      // Who moderates is trusted to write.
      return { role: 'moderator', silencedUntil: null };
    case 'madeMember':
      return { role: 'member' };
    case 'silenced':
      return { silencedUntil: until ?? null };
    case 'unsilenced':
      return { silencedUntil: null };
    // They stand at the end, on a page that is not held yet.
    case 'joined':
    case 'added':
      return undefined;
  }
}

/** Pages of members with what the held entries tell put into them. Applying them again changes nothing. */
export function patchMembers(pages: readonly MemberPage[], items: readonly TimelineItem[]): MemberPage[] {
  const patches = new Map<string, MemberPatch | null>();
  for (const item of items) {
    if (item.type !== 'entry' || item.entry.kind !== 'member') continue;
    const { entry } = item;
    const patch = patchOf(entry);
    const before = patches.get(entry.userId);
    if (patch === undefined) patches.delete(entry.userId);
    else patches.set(entry.userId, patch === null ? null : { ...before, ...patch });
  }
  return pages.map((page) => ({
    ...page,
    members: page.members.flatMap((member) => {
      const patch = patches.get(member.user.id);
      return patch === null ? [] : [patch ? { ...member, ...patch } : member];
    }),
  }));
}
