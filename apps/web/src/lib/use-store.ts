'use client';
import { useCallback, useSyncExternalStore } from 'react';
import type { Store } from '@confab/sync';

/** The current value of a store; renders again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  const get = useCallback(() => store.get(), [store]);
  return useSyncExternalStore(subscribe, get, get);
}

/**
 * What `select` makes of a store's value; renders again when that changes, not whenever the value does. It must give
 * something that compares by identity: a word, a number, a part of the value.
 */
export function useSelected<T, Part>(store: Store<T>, select: (value: T) => Part): Part {
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  const get = () => select(store.get());
  return useSyncExternalStore(subscribe, get, get);
}
