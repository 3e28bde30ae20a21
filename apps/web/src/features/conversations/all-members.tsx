'use client';
import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import { Button, Section, uiText } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { VirtualRows } from '../shell/virtual-rows.tsx';
import { MemberListRow } from './member-list-row.tsx';
import { useMembers } from './use-members.ts';
import type { ConversationInfo } from './use-conversation.ts';

const rowHeightPx = 44;

export interface AllMembersProps {
  conversation: ConversationInfo;
  /** What scrolls around the list. */
  scrollRef: RefObject<HTMLDivElement | null>;
  onBack: () => void;
}

/**
 * Everybody in a group or room, in the place of the details; of thousands, those in view are drawn, and more are asked
 * for as one comes near.
 */
export function AllMembers({ conversation, scrollRef, onBack }: AllMembersProps) {
  const { members, loadMore } = useMembers(conversation);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  return (
    <>
      <div className="-ms-2.5 -mb-3">
        <Button
          ref={back}
          variant="ghost"
          size="sm"
          icon={<ChevronLeft size={16} aria-hidden />}
          onClick={onBack}
        >
          {uiText.back}
        </Button>
      </div>
      <Section title={text.conversation.membersTitle} count={conversation.memberCount}>
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
      </Section>
    </>
  );
}
