'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { limits, type Member } from '@confab/contract';
import { usePages, type Pages } from '../../lib/use-pages.ts';
import { useSession } from '../shell/use-session.ts';
import type { ConversationInfo } from './use-conversation.ts';

const membersKey = (conversationId: string) => ['members', conversationId] as const;

export interface Members extends Omit<Pages<never>, 'pages'> {
  readonly members: readonly Member[];
  readonly ids: readonly string[];
}

/** The members of a group or room, longest-standing first; asked for again when somebody came or went. */
export function useMembers({ id, kind, memberCount }: ConversationInfo): Members {
  const { client, people } = useSession();
  const { pages, ...rest } = usePages({
    queryKey: membersKey(id),
    enabled: kind !== 'direct',
    fetchPage: (input) =>
      client.members.list.query({ ...input, conversationId: id, limit: limits.listRowsMax }),
  });
  const refresh = useRefreshMembers(id);
  useEffect(() => {
    if (kind !== 'direct') refresh();
  }, [refresh, kind, memberCount]);
  const members = useMemo(() => pages.flatMap((page) => page.members), [pages]);
  const ids = useMemo(() => members.map(({ user }) => user.id), [members]);
  useEffect(() => {
    people.learn(members.map(({ user }) => user));
  }, [people, members]);
  return { members, ids, ...rest };
}

/** Asks for the members again. */
export function useRefreshMembers(conversationId: string): () => void {
  const queryClient = useQueryClient();
  return useCallback(
    () => void queryClient.invalidateQueries({ queryKey: membersKey(conversationId) }),
    [queryClient, conversationId],
  );
}
