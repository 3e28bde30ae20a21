'use client';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { FindField, SideBar } from '@confab/ui';
import { usePlace, type Section } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { usePhone } from '../../lib/use-phone.ts';
import { OwnAccountBar } from '../account/own-account-bar.tsx';
import { ConversationRows } from '../conversations/conversation-rows.tsx';
import { NewMenu } from '../conversations/new-menu.tsx';
import { PeopleRows } from '../people/people-rows.tsx';
import { JoinedRooms } from '../rooms/joined-rooms.tsx';
import { LiveSectionTabs, SectionTabBar } from './section-tabs.tsx';
import { useFocusList } from './use-focus-list.ts';

const findLabels: Record<Section, string> = {
  chats: text.findChat,
  people: text.findPerson,
  rooms: text.findRoom,
};

export interface SideListProps {
  /** What was typed into the field above. */
  readonly find: string;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
}

const nothingTyped = { chats: '', people: '', rooms: '' };

const lists = { chats: ConversationRows, people: PeopleRows, rooms: JoinedRooms };

/** The side pane: one of three lists, a field that narrows it, and whose account this is. */
export function Side() {
  const { section, conversationId } = usePlace();
  const [finds, setFinds] = useState(nothingTyped);
  const scrollRef = useScrollMemory(section);
  useFocusList(conversationId, scrollRef);
  useEffect(() => {
    // What was looked for is found.
    if (conversationId !== null) setFinds(nothingTyped);
  }, [conversationId]);
  const List = lists[section];
  return (
    <SideBar
      action={<NewMenu />}
      find={
        <FindField
          label={findLabels[section]}
          value={finds[section]}
          onChange={(event) => {
            setFinds({ ...finds, [section]: event.target.value });
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            const first = scrollRef.current?.querySelector<HTMLElement>('li a, li button');
            if (event.key === 'Enter' && finds[section].trim() !== '') first?.click();
            else if (event.key === 'ArrowDown') first?.focus();
            else return;
            event.preventDefault();
          }}
        />
      }
      tabs={<LiveSectionTabs />}
      listRef={scrollRef}
      account={<OwnAccountBar />}
      tabBar={<SectionTabBar />}
    >
      <List key={section} find={finds[section]} scrollRef={scrollRef} />
    </SideBar>
  );
}

/**
 * Each list comes back where it was left: after another list, and on a phone after a conversation, which hides the
 * pane and makes browsers forget.
 */
function useScrollMemory(section: Section): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const [positions] = useState(new Map<string, number>());
  const { page } = usePlace();
  const hidden = usePhone() && (page === 'conversation' || page === 'all-rooms' || page === 'you');
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || hidden) return;
    element.scrollTop = positions.get(section) ?? 0;
    const remember = () => positions.set(section, element.scrollTop);
    element.addEventListener('scroll', remember);
    return () => {
      element.removeEventListener('scroll', remember);
    };
  }, [section, hidden, positions]);
  return ref;
}
