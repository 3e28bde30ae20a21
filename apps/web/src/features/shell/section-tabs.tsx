'use client';
import { CircleUserRound, Compass, MessageCircle, Users } from 'lucide-react';
import { SideTabs, TabBar, type NavItem } from '@confab/ui';
import { conversationHref, usePlace, type Place } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from './use-session.ts';

/** The three lists. Chats and People change the side bar only, and leave the open conversation where it is. */
function sections({ section, page, conversationId }: Place, keepsOpen: boolean, unread: number): NavItem[] {
  const beside = (list: 'chats' | 'people') =>
    keepsOpen && conversationId !== null ? conversationHref(conversationId, list) : `/${list}`;
  const isCurrent = (name: Place['section']) => section === name && page !== 'you';
  return [
    {
      href: beside('chats'),
      label: text.chats,
      current: isCurrent('chats'),
      unread,
      icon: <MessageCircle size={22} aria-hidden />,
    },
    {
      href: beside('people'),
      label: text.people,
      current: isCurrent('people'),
      icon: <Users size={22} aria-hidden />,
    },
    {
      href: '/rooms',
      label: text.rooms,
      current: isCurrent('rooms'),
      icon: <Compass size={22} aria-hidden />,
    },
  ];
}

/** `unread`: messages in all of the chats. */
export function SectionTabs({ unread = 0 }: { unread?: number }) {
  return <SideTabs items={sections(usePlace(), true, unread)} />;
}

/** The same, with the unread messages as they come. */
export function LiveSectionTabs() {
  return <SectionTabs unread={useStore(useSession().sync.unreadTotal)} />;
}

/** The same at the foot of a phone, and oneself. */
export function SectionTabBar() {
  const unread = useStore(useSession().sync.unreadTotal);
  const place = usePlace();
  const you = {
    href: '/you',
    label: text.you,
    current: place.page === 'you',
    icon: <CircleUserRound size={22} aria-hidden />,
  };
  return <TabBar items={[...sections(place, false, unread), you]} />;
}
