'use client';
import { useEffect, useReducer } from 'react';
import { isAhead } from './until.ts';

/** Browsers fire a longer timer at once. */
const timerMaxMs = 2 ** 31 - 1;

/** The moment while it is to come, null once it has passed: renders again when it does. */
export function useUntil(iso: string | null): string | null {
  const [renders, render] = useReducer((times: number) => times + 1, 0);
  const ahead = isAhead(iso);
  useEffect(() => {
    if (!ahead) return;
    const timer = setTimeout(render, Math.min(Date.parse(iso) - Date.now() + 50, timerMaxMs));
    return () => {
      clearTimeout(timer);
    };
    // Each render by the timer may need another one: not every moment is within its reach.
  }, [iso, ahead, renders]);
  return ahead ? iso : null;
}
