'use client';
import { useState } from 'react';
import { useMedia } from './use-media.ts';

/** Where the details have a column of their own; the same width as the `lg` breakpoint. */
const wideQuery = '(min-width: 1024px)';

/** Whether the details are open, and in which form. */
export interface DetailsPane {
  /** From 1024 px on they are a column, below they slide over the chat. */
  wide: boolean;
  open: boolean;
  toggle: () => void;
  close: () => void;
}

/**
 * Keeps two answers, because they are two questions: the column is open until closed, what slides over is closed until opened.
 * The server takes the wide form; the shell hides it by CSS where it does not fit, so nothing flashes.
 */
export function useDetailsPane({
  of,
  columnOpen = true,
}: {
  /** Of what the details are: what slides over another conversation is closed. */
  of: string | null;
  columnOpen?: boolean | undefined;
}): DetailsPane {
  const wide = useMedia(wideQuery, true);
  const [column, setColumn] = useState(columnOpen);
  const [overlayOf, setOverlayOf] = useState<string | null>(null);
  const open = wide ? column : of !== null && overlayOf === of;
  const setOpen = (next: boolean) => {
    if (wide) setColumn(next);
    else setOverlayOf(next ? of : null);
  };
  return {
    wide,
    open,
    toggle: () => {
      setOpen(!open);
    },
    close: () => {
      setOpen(false);
    },
  };
}
