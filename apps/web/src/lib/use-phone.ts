'use client';
import { useSyncExternalStore } from 'react';

/** Below the `md` breakpoint there is one pane. */
const phoneQuery = '(max-width: 767.98px)';

function subscribe(listener: () => void): () => void {
  const query = matchMedia(phoneQuery);
  query.addEventListener('change', listener);
  return () => {
    query.removeEventListener('change', listener);
  };
}

/** Whether there is one pane only. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(phoneQuery).matches,
    () => false,
  );
}
