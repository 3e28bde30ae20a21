import { IndexedStorage } from './storage/indexed-storage.ts';
import type { SyncOptions } from './sync-options.ts';
import type { BroadcastLike } from './tabs/tab-channel.ts';

function openBroadcast(name: string): BroadcastLike {
  const channel = new BroadcastChannel(name);
  return {
    post: (data) => {
      channel.postMessage(data);
    },
    listen: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        listener(data);
      };
    },
    close: () => {
      channel.close();
    },
  };
}

/** What a browser has for keeping a user's things and for its tabs to agree: arguments of `createSync`. */
export function browserDevice(userId: string): Pick<SyncOptions, 'storage' | 'locks' | 'openChannel'> {
  return {
    storage: new IndexedStorage(userId),
    // Only in a secure context: over plain http each tab sends its own.
    ...('locks' in navigator && { locks: navigator.locks }),
    ...('BroadcastChannel' in globalThis && {
      openChannel: () => openBroadcast(`confab:tabs:${userId}`),
    }),
  };
}
