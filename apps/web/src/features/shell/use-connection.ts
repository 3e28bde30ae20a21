'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ConnectionState } from '@confab/sync';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from './use-session.ts';

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** How events flow. A browser that knows it has no network says so before the socket notices. */
export function useConnection(): ConnectionState {
  const connection = useStore(useSession().sync.connection);
  const hasNetwork = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  return hasNetwork ? connection : 'offline';
}

export type BannerState = 'connecting' | 'offline' | 'back-online' | null;

/** Shorter cuts, of a deploy for instance, are not worth a banner. */
const quietMs = 1_000;
const slowStartMs = 3_000;
const backOnlineMs = 3_000;

/** What the banner says: a cut after a second, and that it is over for three. */
export function useConnectionBanner(): BannerState {
  const connection = useConnection();
  const [banner, setBanner] = useState<BannerState>(null);
  useEffect(() => {
    const later = (state: BannerState, ms: number) =>
      setTimeout(() => {
        setBanner(state);
      }, ms);
    if (connection === 'online') setBanner((shown) => (shown === 'offline' ? 'back-online' : null));
    const timer =
      connection === 'online'
        ? later(null, backOnlineMs)
        : connection === 'offline'
          ? later('offline', quietMs)
          : later('connecting', slowStartMs);
    return () => {
      clearTimeout(timer);
    };
  }, [connection]);
  return banner;
}
