'use client';
import { useSyncExternalStore } from 'react';
import { localDay } from './dates.ts';

/** Clocks of sleeping machines jump; a minute of yesterday's labels is fine. */
const checkMs = 60_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, checkMs);
  return () => {
    clearInterval(timer);
  };
}

const today = () => localDay(new Date());

/** The local day, `2025-11-13`; renders again after midnight. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, today, today);
}
