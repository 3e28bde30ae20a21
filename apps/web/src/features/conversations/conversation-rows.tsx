'use client';
import { useCallback, useMemo, useState } from 'react';
import type { ConversationRow } from '@confab/sync';
import { ButtonLink, EmptyState, RowSkeleton, SideNote, type MenuOpening } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { listMatcher } from '../../lib/list-match.ts';
import { usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { usePhone } from '../../lib/use-phone.ts';
import type { SideListProps } from '../shell/side.tsx';
import { VirtualRows } from '../shell/virtual-rows.tsx';
import { ConversationListRow } from './conversation-list-row.tsx';
import type { OpenedRowMenu } from './row-menu.tsx';
import { conversationName } from './use-conversation-avatar.ts';
import { useConversationList } from './use-conversation-list.ts';

const RowMenu = lazy(async () => (await import('./row-menu.tsx')).RowMenu);

/** Those whose name holds what was typed. */
export function useMatching(rows: readonly ConversationRow[], find: string): readonly ConversationRow[] {
  return useMemo(() => {
    if (find.trim() === '') return rows;
    const matches = listMatcher(find);
    return rows.filter(({ conversation }) => matches(conversationName(conversation)));
  }, [rows, find]);
}

/** The conversations: pinned ones first, then by latest activity. */
export function ConversationRows({ find, scrollRef }: SideListProps) {
  const list = useConversationList();
  const rows = useMatching(list.rows, find);
  if (list.status !== 'ready' && list.rows.length === 0) return <RowSkeleton />;
  if (list.rows.length === 0) return <NoConversations />;
  if (rows.length === 0) return <SideNote>{text.nothingFound(find.trim())}</SideNote>;
  return <ConversationLinks rows={rows} label={text.chats} scrollRef={scrollRef} />;
}

interface ConversationLinksProps extends Pick<SideListProps, 'scrollRef'> {
  rows: readonly ConversationRow[];
  label: string;
}

/** Rows that lead to conversations. */
export function ConversationLinks({ rows, label, scrollRef }: ConversationLinksProps) {
  const { conversationId, section } = usePlace();
  const rowHeight = usePhone() ? 64 : 56;
  const [menu, setMenu] = useState<OpenedRowMenu | null>(null);
  const openMenu = useCallback((row: ConversationRow, opening: MenuOpening) => {
    setMenu({ row, opening });
  }, []);
  return (
    <>
      <VirtualRows
        key={rowHeight}
        label={label}
        count={rows.length}
        rowHeight={rowHeight}
        scrollRef={scrollRef}
        rowKey={(index) => rows[index]?.conversation.id ?? ''}
        renderRow={(index) => {
          const row = rows[index];
          const id = row?.conversation.id;
          return (
            row && (
              <ConversationListRow
                key={id}
                row={row}
                current={id === conversationId}
                section={section}
                onMenu={openMenu}
              />
            )
          );
        }}
      />
      {menu && (
        <RowMenu
          {...menu}
          onClose={() => {
            setMenu(null);
          }}
        />
      )}
    </>
  );
}

/** On a phone this pane stands alone, so it says itself what can be done; elsewhere the start page does. */
function NoConversations() {
  return (
    <>
      <div className="max-md:hidden">
        <SideNote>{text.conversation.none}</SideNote>
      </div>
      <div className="grid pt-10 md:hidden">
        <EmptyState
          title={text.conversation.noMessages}
          text={text.start.lead}
          actions={
            <>
              <ButtonLink variant="primary" href="/people">
                {text.start.findPeople}
              </ButtonLink>
              <ButtonLink href="/rooms/all">{text.start.lookAtRooms}</ButtonLink>
            </>
          }
        />
      </div>
    </>
  );
}
