'use client';
import { useSyncExternalStore } from 'react';
import type { ThemeChoice } from '@confab/ui';
import { themeKey } from './theme-script.ts';

const darkQuery = '(prefers-color-scheme: dark)';
const listeners = new Set<() => void>();

function chosen(): ThemeChoice {
  const stored = localStorage.getItem(themeKey);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function apply(): void {
  const choice = chosen();
  const system = matchMedia(darkQuery).matches ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = choice === 'system' ? system : choice;
  for (const listener of [...listeners]) listener();
}

/** Another tab may choose, and the machine may turn dark at dusk. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    // React, when it draws the whole page anew, leaves out what a script had set.
    if (document.documentElement.dataset['theme'] === undefined) apply();
    addEventListener('storage', apply);
    matchMedia(darkQuery).addEventListener('change', apply);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener('storage', apply);
    matchMedia(darkQuery).removeEventListener('change', apply);
  };
}

function choose(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(themeKey);
  else localStorage.setItem(themeKey, choice);
  apply();
}

/** The chosen theme, and how to choose another: kept in this browser, at once in all of its tabs. */
export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const choice = useSyncExternalStore(subscribe, chosen, (): ThemeChoice => 'system');
  return [choice, choose];
}
