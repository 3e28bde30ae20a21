'use client';
import { useCallback, useMemo, useState } from 'react';
import type { ConversationRow } from '@confab/sync';
import { ButtonLink, EmptyState, RowHeading, RowSkeleton, SideNote, type MenuOpening } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { listMatcher } from '../../lib/list-match.ts';
import { usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { usePhone } from '../../lib/use-phone.ts';
import type { SideListProps } from '../shell/side.tsx';
import { useSession } from '../shell/use-session.ts';
import { VirtualRows } from '../shell/virtual-rows.tsx';
import { ConversationListRow } from './conversation-list-row.tsx';
import type { ListSection, Part } from './list-order.ts';
import { listText } from './list-text.ts';
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

/** The conversations: pinned ones, unread ones, the others, each by latest activity; what is looked for, in one list. */
export function ConversationRows({ find, scrollRef }: SideListProps) {
  const list = useConversationList();
  const rows = useMatching(list.rows, find);
  const { order } = useSession();
  const { conversationId } = usePlace();
  if (list.status !== 'ready' && list.rows.length === 0) return <RowSkeleton />;
  if (list.rows.length === 0) return <NoConversations />;
  if (rows.length === 0) return <SideNote>{text.nothingFound(find.trim())}</SideNote>;
  const sections = find.trim() === '' ? order.sections(rows, conversationId) : [{ kind: null, rows }];
  return <ConversationLinks sections={sections} label={text.chats} scrollRef={scrollRef} />;
}

interface ConversationLinksProps extends Pick<SideListProps, 'scrollRef'> {
  sections: readonly ListSection[];
  label: string;
}

const headingHeightPx = 32;

/** What stands in the list, from top to bottom: the headings of its parts, and the rows. */
function itemsOf(sections: readonly ListSection[]): (ConversationRow | Part)[] {
  return sections.flatMap(({ kind, rows }) => [...(kind === null ? [] : [kind]), ...rows]);
}

/** Rows that lead to conversations. */
export function ConversationLinks({ sections, label, scrollRef }: ConversationLinksProps) {
  const { conversationId, section } = usePlace();
  const rowHeight = usePhone() ? 64 : 56;
  const [menu, setMenu] = useState<OpenedRowMenu | null>(null);
  const openMenu = useCallback((row: ConversationRow, opening: MenuOpening) => {
    setMenu({ row, opening });
  }, []);
  const items = itemsOf(sections);
  return (
    <>
      <VirtualRows
        key={rowHeight}
        label={label}
        count={items.length}
        rowHeight={(index) => (typeof items[index] === 'string' ? headingHeightPx : rowHeight)}
        scrollRef={scrollRef}
        rowKey={(index) => keyOf(items[index])}
        renderRow={(index) => {
          const item = items[index];
          if (item === undefined) return null;
          if (typeof item === 'string') {
            return (
              <RowHeading key={item} quiet={item === 'earlier'}>
                {listText.sections[item]}
              </RowHeading>
            );
          }
          return (
            <ConversationListRow
              key={item.conversation.id}
              row={item}
              current={item.conversation.id === conversationId}
              section={section}
              onMenu={openMenu}
            />
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

function keyOf(item: ConversationRow | Part | undefined): string {
  return typeof item === 'object' ? item.conversation.id : (item ?? '');
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
