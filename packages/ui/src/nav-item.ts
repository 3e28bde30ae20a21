import type { ReactNode } from 'react';

/** A section of the app: Chats, People, Rooms (and You, on the phone). */
export interface NavItem {
  href: string;
  label: string;
  current: boolean;
  /** Messages behind it that nobody has read: a badge. */
  unread?: number | undefined;
  /** A 22-px icon; only the tab bar draws it. */
  icon: ReactNode;
}
