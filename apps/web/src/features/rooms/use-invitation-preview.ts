'use client';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { InvitationPreview } from '@confab/contract';
import { useClient } from '../../lib/use-client.ts';

/** What is behind an invitation's code; nothing is asked for while the code is empty. */
export function useInvitationPreview(code: string): UseQueryResult<InvitationPreview> {
  const client = useClient();
  return useQuery({
    queryKey: ['invitation', code],
    queryFn: () => client.invitations.preview.mutate({ code }),
    enabled: code !== '',
  });
}
