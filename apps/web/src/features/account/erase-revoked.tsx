'use client';
import { useEffect } from 'react';

/**
 * Erases what this browser keeps of somebody whose session was ended while no page of theirs was open to hear of it: the
 * cookie that is still here says whose it was.
 */
export function EraseRevoked({ userId }: { userId: string }) {
  useEffect(() => {
    // A chunk that does not come, or a storage that refuses: the next visit tries again, as long as the cookie is here.
    import('./erase-device.ts').then(({ eraseDevice }) => eraseDevice(userId)).catch(() => undefined);
  }, [userId]);
  return null;
}
