'use client';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { Profile } from '@confab/contract';
import { useSession } from '../shell/use-session.ts';

export interface ProfileAnswer {
  readonly profile: Profile | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Somebody's card, as the server tells it now. */
export function useProfile(userId: string): ProfileAnswer {
  const { client, people } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ['profile', userId],
    queryFn: () => client.users.profile.query({ userId }),
    refetchOnMount: 'always',
  });
  useEffect(() => {
    if (data) people.learn([data.user]);
  }, [data, people]);
  return { profile: data, error: data ? null : error, retry: () => void refetch() };
}

/** Opens somebody's card. */
export function useOpenProfile(): (userId: string) => void {
  const { openedProfile } = useSession();
  return useCallback(
    (userId) => {
      openedProfile.set({ userId, path: location.pathname });
    },
    [openedProfile],
  );
}
