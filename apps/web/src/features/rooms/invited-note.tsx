'use client';
import { useSyncExternalStore } from 'react';
import { detailsOf } from '@confab/client/transport';
import { InvitationNote } from '@confab/ui';
import { invitationFragment, watchFragment } from './invitation-fragment.ts';
import { roomText } from './room-text.ts';
import { useInvitationPreview } from './use-invitation-preview.ts';

const { join: words } = roomText;

/** Over the forms of strangers: to what the link that they came by invites them, and who does. */
export function InvitedNote() {
  const code = useSyncExternalStore(watchFragment, invitationFragment, () => '');
  const { data, error } = useInvitationPreview(code);
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
