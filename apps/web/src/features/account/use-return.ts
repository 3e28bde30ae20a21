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
 * stands in the fragment; else to `next`. A form that is sent before its scripts were there is answered with a redirect to
 * `next`, which is /join then: browsers carry the fragment over. The page there needs scripts to read it.
 */
export function useReturn(next: string): Return {
  const code = useSyncExternalStore(watchFragment, invitationFragment, () => '');
  const query = next === '/chats' ? '' : `?next=${encodeURIComponent(next)}`;
  const fragment = code === '' ? '' : `#${code}`;
  return {
    // Without its code an invitation leads nowhere.
    href: code !== '' ? `/join${fragment}` : next === '/join' ? '/chats' : next,
    hrefOf: (form) => `${form}${query}${fragment}`,
  };
}
