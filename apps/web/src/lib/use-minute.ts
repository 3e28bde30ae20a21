'use client';
import { useSyncExternalStore } from 'react';

const minuteMs = 60_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, minuteMs / 6);
  return () => {
    clearInterval(timer);
  };
}

const minute = () => Math.floor(Date.now() / minuteMs);

/** Renders again each minute: for times that are counted from now. */
export function useMinute(): void {
  useSyncExternalStore(subscribe, minute, minute);
}
