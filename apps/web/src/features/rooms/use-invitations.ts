'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { CreateInvitationInput, Invitation, InvitationList } from '@confab/contract';
import { useSelected } from '../../lib/use-store.ts';
import { lastMemberRev } from '../conversations/member-pages.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';

const invitationsKey = (conversationId: string) => ['invitations', conversationId] as const;

export interface Invitations {
  readonly invitations: readonly Invitation[] | undefined;
  readonly failed: boolean;
  readonly retry: () => void;
  /** @throws what the server refused */
  readonly create: (terms: Omit<CreateInvitationInput, 'conversationId'>) => Promise<Invitation>;
  /** Gone at once; back, with a toast, when it is refused. */
  readonly revoke: (invitation: Invitation) => void;
}

/** The links into a private room that are valid; how often each was used follows who comes in. */
export function useInvitations(conversationId: string): Invitations {
  const { client, sync } = useSession();
  const queryClient = useQueryClient();
  const { notifyFailure } = useNotifications();
  const { data, isError, refetch } = useQuery({
    queryKey: invitationsKey(conversationId),
    queryFn: () => client.invitations.list.query({ conversationId }),
    refetchOnMount: 'always',
  });
  // Whoever came in may have come by one of them.
  const heardRev = useSelected(sync.timeline(conversationId), lastMemberRev);
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: invitationsKey(conversationId) });
  }, [queryClient, conversationId, heardRev]);
  const update = useCallback(
    (change: (held: readonly Invitation[]) => readonly Invitation[]) => {
      queryClient.setQueryData<InvitationList>(invitationsKey(conversationId), (held) => ({
        invitations: change(held?.invitations ?? []),
      }));
    },
    [queryClient, conversationId],
  );
  return {
    invitations: data?.invitations,
    failed: isError && data === undefined,
    retry: () => void refetch(),
    create: async (terms) => {
      const made = await client.invitations.create.mutate({ ...terms, conversationId });
      update((held) => [made, ...held.filter(({ id }) => id !== made.id)]);
      return made;
    },
    revoke: (invitation) => {
      update((held) => held.filter(({ id }) => id !== invitation.id));
      client.invitations.revoke
        .mutate({ conversationId, invitationId: invitation.id })
        .catch(notifyFailure)
        .finally(() => void refetch());
    },
  };
}

/** The link that lets people in. The code stands in the fragment, which no server is sent. */
export function invitationLink({ code }: Invitation): string {
  return `${location.origin}/join#${code}`;
}
