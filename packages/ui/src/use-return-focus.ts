'use client';
import { useRef } from 'react';
import { focusHolder, returnFocus } from './return-focus.ts';

/** Handlers of a Radix dialog without a trigger of its own: whoever had the focus when it opened gets it back. */
export function useReturnFocus(onOpen: (event: Event) => void) {
  const holder = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus(event: Event) {
      holder.current = focusHolder();
      onOpen(event);
    },
    onCloseAutoFocus(event: Event) {
      returnFocus(event, holder.current);
    },
  };
}
