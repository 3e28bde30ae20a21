'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import type { User } from '@confab/contract';
import { usePages } from '../../lib/use-pages.ts';
import { useSelected } from '../../lib/use-store.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';
import { lastMemberRev } from './member-pages.ts';

export interface Bans {
  /** Latest first. */
  readonly users: readonly User[];
  readonly isWhole: boolean;
  readonly loadMore: () => void;
  /** Told by a toast when it is refused. */
  readonly lift: (user: User) => void;
}

/** Whom a group or room keeps out; follows what the log tells. For owners and moderators. */
export function useBans(conversationId: string): Bans {
  const { client, sync } = useSession();
  const queryClient = useQueryClient();
  const { notifyFailure } = useNotifications();
  const { pages, isWhole, loadMore } = usePages({
    queryKey: ['bans', conversationId],
    fetchPage: (input) => client.members.banned.query({ ...input, conversationId }),
  });
  const refresh = useCallback(() => {
    void queryClient.invalidateQueries({ queryKey: ['bans', conversationId] });
  }, [queryClient, conversationId]);
  const heardRev = useSelected(sync.timeline(conversationId), lastMemberRev);
  useEffect(() => {
    refresh();
  }, [refresh, heardRev]);
  const users = useMemo(() => pages.flatMap((page) => page.users), [pages]);
  return {
    users,
    isWhole,
    loadMore,
    lift: ({ id: userId }) => {
      client.members.unban.mutate({ conversationId, userId }).catch(notifyFailure).finally(refresh);
    },
  };
}
