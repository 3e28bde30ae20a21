'use client';
import { memo } from 'react';
import type { User } from '@confab/contract';
import { PersonRow } from '@confab/ui';
import { seenTime } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { useLastSeenAt, usePresence } from './use-user.ts';

/** Somebody's line: online, or when they were last seen. */
export function usePresenceLine(user: User): string {
  const presence = usePresence(user.id);
  const lastSeenAt = useLastSeenAt(user);
  const today = useToday();
  if (presence === 'online') return text.presence.online;
  if (lastSeenAt !== null) return text.presence.seen(seenTime(lastSeenAt, today));
  return presence === 'offline' ? text.presence.neverSeen : '';
}

export interface PersonListRowProps {
  user: User;
  current: boolean;
  onOpen: (userId: string) => void;
}

/** One of the people, with a dot that changes live. */
export const PersonListRow = memo(function PersonListRow({ user, current, onOpen }: PersonListRowProps) {
  const presence = usePresence(user.id);
  const detail = usePresenceLine(user);
  return (
    <PersonRow
      avatar={{ id: user.id, name: user.name, kind: 'person', presence }}
      detail={detail}
      current={current}
      onPress={() => {
        onOpen(user.id);
      }}
    />
  );
});
