'use client';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Member } from '@confab/contract';
import { IconButton, Menu } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { text } from '../../lib/text.ts';
import { useMemberActions, type MemberDialogKind } from './use-member-actions.tsx';
import type { ConversationInfo } from './use-conversation.ts';

const MemberDialog = lazy(async () => (await import('./member-dialog.tsx')).MemberDialog);

export interface MemberMenuProps {
  member: Member;
  conversation: ConversationInfo;
  silenced: boolean;
}

/** What one may do with a member. */
export function MemberMenu({ member, conversation, silenced }: MemberMenuProps) {
  const [dialog, setDialog] = useState<MemberDialogKind | null>(null);
  const items = useMemberActions({ member, conversation, silenced, open: setDialog });
  return (
    <>
      <Menu
        items={items}
        trigger={
          <IconButton label={text.conversation.memberActions(member.user.name)} size="sm" tooltip={false}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      />
      {dialog && (
        <MemberDialog
          kind={dialog}
          conversation={conversation}
          user={member.user}
          onClose={() => {
            setDialog(null);
          }}
        />
      )}
    </>
  );
}
