import type { MessageEntry } from '@confab/contract';
import type { Timeline } from '@confab/sync';

/** One's own last message that can still be changed. */
export function lastOwnMessage({ items }: Timeline, userId: string): MessageEntry | undefined {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.type !== 'entry' || item.entry.kind !== 'message') continue;
    const { entry } = item;
    if (entry.senderId === userId && entry.deletedRev === undefined) return entry;
  }
  return undefined;
}
