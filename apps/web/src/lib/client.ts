import { createTRPCClient } from '@trpc/client';
import { connectLinks, httpLink, type Api } from '@confab/client/transport';
import type { AppRouter } from '@confab/api';
import { accountHeader, accountParameter } from '@confab/contract';
import { refusalLink } from './refusal-link.ts';

export type Client = Api;

export interface ClientConnection {
  readonly client: Client;
  readonly close: () => void;
}

interface ClientEvents {
  /** The socket closed because the session ended, or a call was refused because nobody is signed in. */
  readonly onSessionEnded: () => void;
  /** The cookie is another account's than the one that the page was opened for. */
  readonly onOtherAccount: () => void;
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

/** For the signed-in: a socket, and HTTP, both of which say for whom the page was opened. */
export function connectClient(accountId: string, events: ClientEvents): ClientConnection {
  const { onSessionEnded, onOtherAccount, onSocketLost } = events;
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const url = `${scheme}://${location.host}/ws?${accountParameter}=${accountId}`;
  const { links, wake, close } = connectLinks({
    socket: { url, onSessionEnded, onOtherAccount, onLost: onSocketLost },
    http: { headers: { [accountHeader]: accountId } },
  });
  const stopListening = onReturn(wake);
  const watch = refusalLink(({ code }) => {
    if (code === 'OTHER_ACCOUNT') onOtherAccount();
    else if (code === 'UNAUTHENTICATED') onSessionEnded();
  });
  return {
    client: createTRPCClient<AppRouter>({ links: [watch, ...links] }),
    close() {
      stopListening();
      close();
    },
  };
}

/** Over HTTP alone: for a page that was opened for somebody without a socket, or (null) for nobody. */
export function createHttpClient(accountId: string | null = null): Client {
  return createTRPCClient<AppRouter>({
    links: [httpLink(accountId === null ? {} : { headers: { [accountHeader]: accountId } })],
  });
}
