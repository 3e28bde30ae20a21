import type { Entry } from '@confab/contract';

/**
 * An entry as it travels to a member who sees the log from `from` on; null when it lies below that. A change of a
 * message below it becomes a void: what it says is about something unseen, but its rev must not be missing.
 */
export function visibleTo(entry: Entry, from: number): Entry | null {
  if (entry.rev < from) return null;
  return 'seq' in entry && entry.seq < from ? { kind: 'void', rev: entry.rev } : entry;
}
