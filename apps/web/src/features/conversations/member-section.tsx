'use client';
import { useState } from 'react';
import { ErrorLine, RowList, RowSkeleton, Section, TextButton } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { text } from '../../lib/text.ts';
import { detailsText } from './details-text.ts';
import { mayAdd } from './may.ts';
import { MemberListRow } from './member-list-row.tsx';
import { useMembers } from './use-members.ts';
import type { ConversationInfo } from './use-conversation.ts';

const AddPeopleDialog = lazy(async () => (await import('./add-people-dialog.tsx')).AddPeopleDialog);

/** More than these are a list of their own: what can be set must not be below everybody. */
const previewRows = 8;

interface MemberSectionProps {
  conversation: ConversationInfo;
  /** One comes back from the whole list. */
  isBack: boolean;
  /** Opens it. */
  onAll: () => void;
}

/** To where the whole list was opened. */
function focusButton(element: HTMLElement | null): void {
  element?.querySelector('button')?.focus();
}

/** Who has been in a group or room longest, and the way to everybody. */
export function MemberSection({ conversation, isBack, onAll }: MemberSectionProps) {
  const { members, status, retry } = useMembers(conversation);
  const [adding, setAdding] = useState(false);
  const add = (
    <TextButton
      onPress={() => {
        setAdding(true);
      }}
    >
      {text.conversation.addPeople}
    </TextButton>
  );
  const hasMore = members.length > previewRows;
  return (
    <Section
      title={text.conversation.membersTitle}
      count={conversation.memberCount}
      action={mayAdd(conversation) && add}
    >
      {status === 'loading' && <RowSkeleton count={3} />}
      {status === 'failed' && <ErrorLine text={text.unreachable} onRetry={retry} />}
      {members.length > 0 && (
        <RowList label={text.conversation.membersTitle}>
          {members.slice(0, previewRows).map((member) => (
            <MemberListRow key={member.user.id} member={member} conversation={conversation} />
          ))}
        </RowList>
      )}
      {hasMore && (
        <div ref={isBack ? focusButton : undefined} className="pt-1">
          <TextButton onPress={onAll}>{detailsText.allMembers(conversation.memberCount)}</TextButton>
        </div>
      )}
      {adding && (
        <AddPeopleDialog
          conversation={conversation}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Section>
  );
}
