'use client';
import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { limits, type Member, type MemberPage } from '@confab/contract';
import { usePages, type Pages } from '../../lib/use-pages.ts';
import { useSelected } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { lastMemberRev, patchMembers, type MemberPatch } from './member-pages.ts';
import type { ConversationInfo } from './use-conversation.ts';

const membersKey = (conversationId: string) => ['members', conversationId] as const;
type Held = InfiniteData<MemberPage, string | null>;

/** Asking again asks for every page that is held: beyond these, what happens is put into them instead. */
const refreshedPagesMax = 3;

export interface Members extends Omit<Pages<never>, 'pages'> {
  readonly members: readonly Member[];
  readonly ids: readonly string[];
}

/** The members of a group or room, longest-standing first; they follow what happens to them. */
export function useMembers({ id, kind }: ConversationInfo): Members {
  const { client, people, sync } = useSession();
  const { pages, ...rest } = usePages({
    queryKey: membersKey(id),
    enabled: kind !== 'direct',
    fetchPage: (input) =>
      client.members.list.query({ ...input, conversationId: id, limit: limits.listRowsMax }),
  });
  const refresh = useRefreshMembers(id);
  const heardRev = useSelected(sync.timeline(id), lastMemberRev);
  useEffect(() => {
    if (kind !== 'direct') refresh();
  }, [refresh, kind, heardRev]);
  const members = useMemo(() => pages.flatMap((page) => page.members), [pages]);
  const ids = useMemo(() => members.map(({ user }) => user.id), [members]);
  useEffect(() => {
    people.learn(members.map(({ user }) => user));
  }, [people, members]);
  return { members, ids, ...rest };
}

/** Brings the held members up to date with what happened. */
export function useRefreshMembers(conversationId: string): () => void {
  const queryClient = useQueryClient();
  const { sync } = useSession();
  return useCallback(() => {
    const queryKey = membersKey(conversationId);
    const held = queryClient.getQueryData<Held>(queryKey);
    if (held === undefined || held.pages.length <= refreshedPagesMax) {
      void queryClient.invalidateQueries({ queryKey });
      return;
    }
    const { items } = sync.timeline(conversationId).get();
    queryClient.setQueryData<Held>(queryKey, { ...held, pages: patchMembers(held.pages, items) });
  }, [queryClient, sync, conversationId]);
}

export interface MemberChange {
  readonly userId: string;
  /** As they are to be shown from now on; null: gone. */
  readonly patch: MemberPatch | null;
  readonly call: () => Promise<unknown>;
}

/** Changes a member: shown at once, and taken back with a toast when it is refused. */
export function useChangeMember(conversationId: string): (change: MemberChange) => void {
  const queryClient = useQueryClient();
  const { notifyFailure } = useNotifications();
  const refresh = useRefreshMembers(conversationId);
  return useCallback(
    ({ userId, patch, call }) => {
      const queryKey = membersKey(conversationId);
      const run = async () => {
        // An answer that is under way would bring back what was before.
        await queryClient.cancelQueries({ queryKey });
        const before = queryClient.getQueryData<Held>(queryKey);
        queryClient.setQueryData<Held>(
          queryKey,
          (held) =>
            held && {
              ...held,
              pages: held.pages.map((page) => ({
                ...page,
                members: page.members.flatMap((member) => {
                  if (member.user.id !== userId) return [member];
                  return patch === null ? [] : [{ ...member, ...patch }];
                }),
              })),
            },
        );
        try {
          await call();
        } catch (error) {
          queryClient.setQueryData(queryKey, before);
          notifyFailure(error);
        }
        refresh();
      };
      void run();
    },
    [queryClient, conversationId, notifyFailure, refresh],
  );
}
