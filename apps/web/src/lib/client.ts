import { connectLinks, httpLink, type Api } from '@confab/client/transport';
import { trpc } from './trpc.ts';

export type Client = Api;

export interface ClientConnection {
  readonly client: Client;
  readonly close: () => void;
}

interface ClientEvents {
  /** The server closed the socket because the session ended. */
  readonly onSessionEnded: () => void;
  /** The socket closed, or could not be opened, for another reason. */
  readonly onSocketLost: () => void;
}

/** Calls back when the network, or the person, comes back. Returns how to stop. */
function onReturn(callback: () => void): () => void {
  const onVisibility = () => {
    if (document.visibilityState === 'visible') callback();
  };
  window.addEventListener('online', callback);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    window.removeEventListener('online', callback);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}

/** For the signed-in: a socket, and HTTP. */
export function connectClient({ onSessionEnded, onSocketLost }: ClientEvents): ClientConnection {
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
  const { links, wake, close } = connectLinks({ socket: { url, onSessionEnded, onLost: onSocketLost } });
  const stopListening = onReturn(wake);
  return {
    client: trpc.createClient({ links }),
    close() {
      stopListening();
      close();
    },
  };
}

/** For strangers, who sign in and register over HTTP. */
export function createHttpClient(): Client {
  return trpc.createClient({ links: [httpLink()] });
}
