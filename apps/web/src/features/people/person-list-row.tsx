'use client';
import { memo } from 'react';
import type { User } from '@confab/contract';
import { PersonRow } from '@confab/ui';
import { seenTime } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { useToday } from '../../lib/use-today.ts';
import { useSession } from '../shell/use-session.ts';
import { useLastSeenAt, usePresence } from './use-user.ts';

/** Somebody's line: online, or when they were last seen; while nobody can say, that. */
export function usePresenceLine(user: User): string {
  const presence = usePresence(user.id);
  const heard = useStore(useSession().presence.heard);
  const lastSeenAt = useLastSeenAt(user);
  const today = useToday();
  switch (presence) {
    case 'online':
      return text.presence.online;
    case 'offline':
      return lastSeenAt === null ? text.presence.neverSeen : text.presence.seen(seenTime(lastSeenAt, today));
    case 'unknown':
      return heard ? text.presence.unknown : '';
  }
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
