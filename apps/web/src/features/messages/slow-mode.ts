import type { Timeline } from '@confab/sync';

/** When one's own last message was written, in ms; null when none is held. */
export function lastSentMs({ items }: Timeline, userId: string): number | null {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.type === 'outgoing' && item.message.state !== 'failed')
      return Date.parse(item.message.createdAt);
    if (item?.type !== 'entry' || item.entry.kind !== 'message') continue;
    if (item.entry.senderId === userId) return Date.parse(item.entry.createdAt);
  }
  return null;
}

/**
 * Seconds until one may write again. Never more than the room's pause, whatever this device's clock says: the server
 * decides, and what it refuses as too early waits and goes out by itself.
 */
export function secondsToWait(sentMs: number | null, pauseSeconds: number, nowMs: number): number {
  if (sentMs === null) return 0;
  return Math.min(pauseSeconds, Math.max(0, Math.ceil((sentMs + pauseSeconds * 1_000 - nowMs) / 1_000)));
}
