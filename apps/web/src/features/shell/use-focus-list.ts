'use client';
import { useEffect, useRef, type RefObject } from 'react';
import { conversationHref } from '../../lib/navigation.ts';

/** Whether nothing that is still there holds the focus. */
function isNowhere(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body;
}

/**
 * Whoever leaves a conversation goes on in the list: at its row; where that is gone or not drawn, in the list itself.
 */
export function useFocusList(conversationId: string | null, listRef: RefObject<HTMLElement | null>): void {
  const open = useRef(conversationId);
  useEffect(() => {
    const left = open.current;
    open.current = conversationId;
    if (left === null || conversationId !== null || !isNowhere()) return;
    const row = listRef.current?.querySelector<HTMLElement>(`a[href^="${conversationHref(left)}"]`);
    (row ?? listRef.current)?.focus({ preventScroll: true });
  }, [conversationId, listRef]);
}
