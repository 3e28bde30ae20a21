'use client';
import { lazy } from './lazy.tsx';
import type { MenuItem } from './menu.tsx';

export interface MenuAtProps {
  /** What the menu is for; said, not shown. */
  label: string;
  items: readonly MenuItem[];
  /** Pixels from the window's top left corner. */
  at: { x: number; y: number };
  /** Gets the focus back. */
  from: HTMLElement;
  /** By the keyboard: the first entry has the focus. */
  byKeyboard: boolean;
  onClose: () => void;
}

/** A menu at a point: where the right button was pressed, or at the button that many rows have in common. */
export const MenuAt = lazy<MenuAtProps>(async () => (await import('./floating.ts')).OpenMenuAt);
