import { IndexedStorage } from './storage/indexed-storage.ts';
import type { SyncOptions } from './sync-options.ts';
import { postTo, type BroadcastLike } from './tabs/tab-channel.ts';

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

function openTabs(userId: string): BroadcastLike {
  return openBroadcast(`confab:tabs:${userId}`);
}

/** What a browser has for keeping a user's things and for its tabs to agree: arguments of `createSync`. */
export function browserDevice(userId: string): Pick<SyncOptions, 'storage' | 'locks' | 'openChannel'> {
  return {
    storage: new IndexedStorage(userId),
    // Only in a secure context: over plain http each tab sends its own.
    ...('locks' in navigator && { locks: navigator.locks }),
    ...('BroadcastChannel' in globalThis && {
      openChannel: () => openTabs(userId),
    }),
  };
}

/** Erases what this browser keeps of somebody whose page is not open, and tells pages of theirs that still are. */
export async function eraseDevice(userId: string): Promise<void> {
  if ('BroadcastChannel' in globalThis) {
    const tabs = openTabs(userId);
    postTo(tabs, { type: 'erased' });
    tabs.close();
  }
  await new IndexedStorage(userId).erase();
}
