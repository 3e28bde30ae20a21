'use client';
import { useSyncExternalStore } from 'react';
import { invitationFragment, watchFragment } from '../rooms/invitation-fragment.ts';

export interface Return {
  /** Where to go once signed in. */
  readonly href: string;
  /** The address of another form, with everything that leads back. */
  readonly hrefOf: (form: '/sign-in' | '/register') => string;
}

/**
 * The way on after signing in: to the invitation that one came by, whose code no server is told and which therefore
 * stands in the fragment; else to `next`.
 */
export function useReturn(next: string): Return {
  const code = useSyncExternalStore(watchFragment, invitationFragment, () => '');
  const query = next === '/chats' ? '' : `?next=${encodeURIComponent(next)}`;
  const fragment = code === '' ? '' : `#${code}`;
  return {
    href: code === '' ? next : `/join${fragment}`,
    hrefOf: (form) => `${form}${query}${fragment}`,
  };
}
