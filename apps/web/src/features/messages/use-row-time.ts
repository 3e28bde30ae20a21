'use client';
import { useMemo } from 'react';
import type { MessageRowProps } from '@confab/ui';
import { absoluteTime, timeOfDay } from '../../lib/dates.ts';

/** A message's time as a row shows it. */
export function useRowTime(iso: string): MessageRowProps['time'] {
  return useMemo(() => ({ iso, text: timeOfDay(iso), title: absoluteTime(iso) }), [iso]);
}
