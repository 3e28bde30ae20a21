'use client';
import type { User } from '@confab/contract';
import { seenAgo } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useMinute } from '../../lib/use-minute.ts';
import { usePresenceLine } from './person-list-row.tsx';
import { useLastSeenAt, usePresence } from './use-user.ts';

/** As the line in a list, counted from now: for the one person that is looked at. */
export function useLastSeenLine(user: User): string {
  const line = usePresenceLine(user);
  const offline = usePresence(user.id) === 'offline';
  const lastSeenAt = useLastSeenAt(user);
  useMinute();
  return offline && lastSeenAt !== null ? text.presence.seen(seenAgo(lastSeenAt, new Date())) : line;
}
