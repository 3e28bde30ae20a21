'use client';
import { EmptyState } from '@confab/ui';
import { text } from '../../lib/text.ts';

/** The main pane beside the list of people. */
export function NobodyChosen() {
  return <EmptyState as="main" title={text.presence.nobodyChosen} text={text.presence.nobodyChosenHint} />;
}
