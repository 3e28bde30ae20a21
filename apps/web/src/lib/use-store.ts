'use client';
import { useCallback, useSyncExternalStore } from 'react';
import type { Store } from '@confab/sync';

/** The current value of a store; renders again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  const get = useCallback(() => store.get(), [store]);
  return useSyncExternalStore(subscribe, get, get);
}
