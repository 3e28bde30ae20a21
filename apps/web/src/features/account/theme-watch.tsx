'use client';
import { useTheme } from './use-theme.ts';

/** Keeps every page in the chosen theme, or the machine's, while it is open. */
export function ThemeWatch() {
  useTheme();
  return null;
}
