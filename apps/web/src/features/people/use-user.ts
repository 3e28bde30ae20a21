'use client';
import { useMemo } from 'react';
import type { User } from '@confab/contract';
import type { Presence } from '@confab/ui';
import { useStore } from '../../lib/use-store.ts';
import { useConnection } from '../shell/use-connection.ts';
import { useSession } from '../shell/use-session.ts';

/** Somebody by id; undefined until their name is known. */
export function useUser(userId: string): User | undefined {
  const { people } = useSession();
  return useStore(useMemo(() => people.of(userId), [people, userId]));
}

/** Whether somebody is online, live. Without a connection of our own nobody can say. */
export function usePresence(userId: string): Presence {
  const { presence } = useSession();
  const known = useStore(useMemo(() => presence.of(userId), [presence, userId]));
  return useConnection() === 'offline' ? 'unknown' : known;
}

/** When they were last seen: as heard live, else as their record says. */
export function useLastSeenAt(user: User): string | null {
  const { presence } = useSession();
  const heard = useStore(useMemo(() => presence.lastSeenAt(user.id), [presence, user.id]));
  return heard ?? user.lastSeenAt;
}

/** How many of these people are online; null while that is unknown. */
export function useOnlineCount(userIds: readonly string[]): number | null {
  const { presence } = useSession();
  const count = useMemo(
    () => ({
      get: () => {
        const online = presence.everybody.get();
        return online === null ? null : userIds.filter((id) => online.has(id)).length;
      },
      subscribe: (listener: () => void) => presence.everybody.subscribe(listener),
    }),
    [presence, userIds],
  );
  return useStore(count);
}
