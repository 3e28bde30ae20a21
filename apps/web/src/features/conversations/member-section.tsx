'use client';
import { useState, type RefObject } from 'react';
import { ErrorLine, RowSkeleton, Section, TextButton } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { text } from '../../lib/text.ts';
import { VirtualRows } from '../shell/virtual-rows.tsx';
import { mayAdd } from './may.ts';
import { MemberListRow } from './member-list-row.tsx';
import { useMembers } from './use-members.ts';
import type { ConversationInfo } from './use-conversation.ts';

const AddPeopleDialog = lazy(async () => (await import('./add-people-dialog.tsx')).AddPeopleDialog);

const rowHeightPx = 44;

export interface MemberSectionProps {
  conversation: ConversationInfo;
  scrollRef: RefObject<HTMLDivElement | null>;
}

/** Everybody in a group or room; of thousands, those in view are drawn, and more are asked for as one comes near. */
export function MemberSection({ conversation, scrollRef }: MemberSectionProps) {
  const { members, status, retry, loadMore } = useMembers(conversation);
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
  return (
    <Section
      title={text.conversation.membersTitle}
      count={conversation.memberCount}
      action={mayAdd(conversation) && add}
    >
      {status === 'loading' && <RowSkeleton count={3} />}
      {status === 'failed' && <ErrorLine text={text.unreachable} onRetry={retry} />}
      {members.length > 0 && (
        <VirtualRows
          label={text.conversation.membersTitle}
          count={members.length}
          rowHeight={rowHeightPx}
          scrollRef={scrollRef}
          rowKey={(index) => members[index]?.user.id ?? ''}
          renderRow={(index) => {
            const member = members[index];
            return (
              member && <MemberListRow key={member.user.id} member={member} conversation={conversation} />
            );
          }}
          onEndNear={loadMore}
        />
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
