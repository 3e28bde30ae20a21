import type { Member, MemberEntry, MemberPage } from '@confab/contract';
import type { TimelineItem } from '@confab/sync';
import { describe, expect, it } from 'vitest';
import { lastMemberRev, patchMembers } from './member-pages.ts';

const member = (id: string, role: Member['role'] = 'member'): Member => ({
  user: { id, name: id, lastSeenAt: null },
  role,
  silencedUntil: null,
  joinedAt: '2025-11-13T09:00:00.000Z',
});

function happened(rev: number, userId: string, change: MemberEntry['change'], until?: string): TimelineItem {
  const stored = { id: `entry-${String(rev)}`, rev, senderId: 'ada', clientId: '', createdAt: '' };
  const entry: MemberEntry = { kind: 'member', ...stored, change, userId, ...(until && { until }) };
  return { type: 'entry', key: entry.id, entry, changing: false };
}

const pages: readonly MemberPage[] = [
  { members: [member('ada', 'owner'), member('bob')], nextCursor: 'next' },
  { members: [member('cleo')], nextCursor: null },
];

const shown = (patched: readonly MemberPage[]) =>
  patched.flatMap(({ members }) => members.map(({ user, role }) => `${user.id} ${role}`));

describe('patchMembers', () => {
  it('takes out who left, and gives the roles that came last', () => {
    const items = [
      happened(2, 'bob', 'madeModerator'),
      happened(3, 'cleo', 'removed'),
      happened(4, 'bob', 'madeMember'),
      happened(5, 'bob', 'madeModerator'),
    ];
    expect(shown(patchMembers(pages, items))).toEqual(['ada owner', 'bob moderator']);
  });

  it('keeps who was removed and added again', () => {
    const items = [happened(2, 'cleo', 'removed'), happened(3, 'cleo', 'added')];
    expect(shown(patchMembers(pages, items))).toEqual(['ada owner', 'bob member', 'cleo member']);
  });

  it('lifts a mute when it is taken back, and when somebody becomes a moderator', () => {
    const muted = happened(2, 'bob', 'silenced', '2025-11-13T10:00:00.000Z');
    const until = (items: readonly TimelineItem[]) =>
      patchMembers(pages, items)[0]?.members[1]?.silencedUntil;
    expect(until([muted])).toBe('2025-11-13T10:00:00.000Z');
    expect(until([muted, happened(3, 'bob', 'unsilenced')])).toBeNull();
    expect(until([muted, happened(3, 'bob', 'madeModerator')])).toBeNull();
  });

  it('changes nothing when it is applied again', () => {
    const items = [happened(2, 'bob', 'madeModerator'), happened(3, 'cleo', 'left')];
    const once = patchMembers(pages, items);
    expect(patchMembers(once, items)).toEqual(once);
  });
});

describe('lastMemberRev', () => {
  it('is the rev of the last thing that happened to a member', () => {
    const timeline = { status: 'ready', low: 1, hasOlder: false, olderStatus: 'idle', error: null } as const;
    expect(lastMemberRev({ ...timeline, items: [] })).toBe(0);
    expect(lastMemberRev({ ...timeline, items: [happened(2, 'bob', 'joined')] })).toBe(2);
  });
});
