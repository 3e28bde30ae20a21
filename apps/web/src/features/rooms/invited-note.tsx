'use client';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { detailsOf } from '@confab/client/transport';
import { InvitationNote } from '@confab/ui';
import { useClient } from '../../lib/use-client.ts';
import { invitationFragment, watchFragment } from './invitation-fragment.ts';
import { roomText } from './room-text.ts';

const { join: words } = roomText;

/** Over the forms of strangers: to what the link that they came by invites them, and who does. */
export function InvitedNote() {
  const code = useSyncExternalStore(watchFragment, invitationFragment, () => '');
  const client = useClient();
  const { data, error } = useQuery({
    queryKey: ['invitation', code],
    queryFn: () => client.invitations.preview.mutate({ code }),
    enabled: code !== '',
  });
  if (detailsOf(error)?.code === 'NOT_FOUND') return <p className="text-sm text-ink-2">{words.goneHint}</p>;
  if (!data) return null;
  return (
    <InvitationNote
      avatar={{ id: data.conversationId, name: data.name, kind: 'room' }}
      text={words.invites(data.invitedBy.name)}
      detail={words.meta(data.memberCount)}
    />
  );
}
