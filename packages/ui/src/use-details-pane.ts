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
  columnOpen = true,
}: { columnOpen?: boolean | undefined } = {}): DetailsPane {
  const wide = useMedia(wideQuery, true);
  const [column, setColumn] = useState(columnOpen);
  const [overlay, setOverlay] = useState(false);
  const [open, setOpen] = wide ? [column, setColumn] : [overlay, setOverlay];
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
