'use client';
import { usePathname, useSearchParams } from 'next/navigation';

/** What the side bar lists. */
export type Section = 'chats' | 'people' | 'rooms';

/** What the address says. */
export interface Place {
  readonly page: 'home' | 'conversation' | 'people' | 'rooms' | 'all-rooms' | 'you';
  readonly section: Section;
  readonly conversationId: string | null;
}

/**
 * Goes to another address of the chat without asking the server for it: switching costs no round trip, and works
 * without a connection.
 */
export function goTo(href: string): void {
  if (href !== `${location.pathname}${location.search}`) history.pushState(null, '', href);
}

/** The address of a conversation, beside the list that one came from. */
export function conversationHref(conversationId: string, section: Section = 'chats'): string {
  return `/chats/${conversationId}${section === 'chats' ? '' : `?list=${section}`}`;
}

export const sectionHref = (section: Section): string => `/${section}`;

function placeOf(path: string, list: string | null): Place {
  const [, root, rest] = path.split('/');
  const none = { conversationId: null };
  if (root === 'people') return { page: 'people', section: 'people', ...none };
  if (root === 'rooms') return { page: rest === 'all' ? 'all-rooms' : 'rooms', section: 'rooms', ...none };
  if (root === 'you') return { page: 'you', section: 'chats', ...none };
  if (rest === undefined || rest === '') return { page: 'home', section: 'chats', ...none };
  const section = list === 'people' || list === 'rooms' ? list : 'chats';
  return { page: 'conversation', section, conversationId: rest };
}

/** Where we are, from the address. */
export function usePlace(): Place {
  const path = usePathname();
  const list = useSearchParams().get('list');
  return placeOf(path, list);
}
