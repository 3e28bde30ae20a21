'use client';
import { useSyncExternalStore } from 'react';

/** Whether a media query holds; the server, which cannot know, answers `onServer`. Only for what CSS cannot say (roles). */
export function useMedia(query: string, onServer: boolean): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => {
        list.removeEventListener('change', onChange);
      };
    },
    () => matchMedia(query).matches,
    () => onServer,
  );
}
