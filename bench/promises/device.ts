import { nodeSocket } from '@confab/client/node-socket';
import { connectLinks, createSyncTransport } from '@confab/client/transport';
import { createSync, type Sync, type SyncTransport } from '@confab/sync';
import { createTRPCClient } from '@trpc/client';

interface DeviceOptions {
  readonly userId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the socket. */
  readonly url: string;
  /** Of web. */
  readonly origin: string;
  readonly isOffline?: () => boolean;
  /** Puts something in the transport's place. */
  readonly wrap?: (transport: SyncTransport) => SyncTransport;
}

/** As the web app in a browser: packages/sync over the app's own connection. */
export interface Device {
  readonly sync: Sync;
  /** What a browser's `online` event does: the next attempt to connect comes at once. */
  wake(): void;
  stop(): void;
}

export function startDevice(options: DeviceOptions): Device {
  const { userId, headers, url, origin, isOffline = () => false, wrap } = options;
  const { links, wake, close } = connectLinks({
    socket: { url, WebSocket: nodeSocket(headers) },
    http: {
      origin,
      headers,
      fetch: (input, init) => (isOffline() ? Promise.reject(new TypeError('offline')) : fetch(input, init)),
    },
  });
  const network = createSyncTransport(createTRPCClient({ links }));
  const sync = createSync({ userId, transport: wrap ? wrap(network) : network });
  sync.start();
  return {
    sync,
    wake,
    stop() {
      sync.stop();
      close();
    },
  };
}
