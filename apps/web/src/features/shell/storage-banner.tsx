'use client';
import { useState } from 'react';
import type { StorageState } from '@confab/sync';
import { NoticeBanner } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from './use-session.ts';

/** What was closed on this page: each state is said once. */
const closed = new Set<StorageState>();

/** That this browser keeps nothing, or has no room left. */
export function StorageBanner() {
  const state = useStore(useSession().sync.storage);
  const [, setClosed] = useState<StorageState | null>(null);
  if (state === 'kept' || closed.has(state)) return null;
  return (
    <NoticeBanner
      onClose={() => {
        closed.add(state);
        setClosed(state);
      }}
    >
      {text.storage[state]}
    </NoticeBanner>
  );
}
