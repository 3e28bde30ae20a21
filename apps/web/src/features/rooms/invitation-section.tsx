'use client';
import { Copy, Link2Off } from 'lucide-react';
import { useState } from 'react';
import type { Invitation } from '@confab/contract';
import { ErrorLine, IconButton, InvitationRow, RowList, Section, TextButton } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { untilDay } from '../conversations/until.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { roomText } from './room-text.ts';
import { useCopyLink } from './use-copy-link.ts';
import { useInvitations } from './use-invitations.ts';

const NewInvitationDialog = lazy(
  async () => (await import('./new-invitation-dialog.tsx')).NewInvitationDialog,
);

/** The links into a private room: make, copy, take back. */
export function InvitationSection({ conversation }: { conversation: ConversationInfo }) {
  const { invitations, failed, retry, create, revoke } = useInvitations(conversation.id);
  const [creating, setCreating] = useState(false);
  return (
    <Section
      title={roomText.invitations}
      action={
        <TextButton
          onPress={() => {
            setCreating(true);
          }}
        >
          {roomText.invite}
        </TextButton>
      }
    >
      {failed && <ErrorLine text={text.unreachable} onRetry={retry} />}
      {invitations?.length === 0 && (
        <p className="text-sm text-ink-3">
          {roomText.noInvitations} {roomText.noInvitationsHint}
        </p>
      )}
      {invitations && invitations.length > 0 && (
        <RowList label={roomText.invitations}>
          {invitations.map((invitation) => (
            <OneInvitation key={invitation.id} invitation={invitation} onRevoke={revoke} />
          ))}
        </RowList>
      )}
      {creating && (
        <NewInvitationDialog
          onCreate={create}
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </Section>
  );
}

interface OneInvitationProps {
  invitation: Invitation;
  onRevoke: (invitation: Invitation) => void;
}

function OneInvitation({ invitation, onRevoke }: OneInvitationProps) {
  const { createdBy, uses, usesMax, expiresAt } = invitation;
  const copy = useCopyLink();
  const today = useToday();
  const until = expiresAt === null ? roomText.validAlways : roomText.validUntil(untilDay(expiresAt, today));
  return (
    <InvitationRow
      title={until.charAt(0).toUpperCase() + until.slice(1)}
      detail={roomText.usedBy(createdBy.name, uses, usesMax)}
      actions={
        <>
          <IconButton label={roomText.copy(until)} onClick={() => void copy(invitation)}>
            <Copy size={16} aria-hidden />
          </IconButton>
          <IconButton
            label={roomText.revoke(until)}
            onClick={() => {
              onRevoke(invitation);
            }}
          >
            <Link2Off size={16} aria-hidden />
          </IconButton>
        </>
      }
    />
  );
}
