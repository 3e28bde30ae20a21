'use client';
import type { ReactNode } from 'react';
import { lazy } from './lazy.tsx';

export interface DialogProps {
  open: boolean;
  /** Asks to open or close: Escape, the scrim and the cross come here. */
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Said with the title. */
  description?: string | undefined;
  children?: ReactNode;
  /** Left of the buttons: "3 people and you". */
  footnote?: ReactNode;
  /** The buttons, the one that does it last. */
  footer?: ReactNode;
  /** 480 px, 400 for a question, 360 for somebody's card. Default `md`. */
  size?: 'md' | 'confirm' | 'card' | undefined;
  /** Makes the dialog a form: Enter and a `type="submit"` button come here (the default is already prevented). */
  onSubmit?: (() => void) | undefined;
}

// In a chunk of its own: a dozen dialogs, each in a chunk of its own, would carry a dozen copies.
/** A dialog in the middle; on the phone a sheet from below. Traps the focus and gives it back. */
export const Dialog = lazy<DialogProps>(async () => (await import('./dialog-window.tsx')).DialogWindow);
