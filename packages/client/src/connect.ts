import { ConfabError, newClientId } from '@confab/contract';
import { createTRPCClient } from '@trpc/client';
import type { Confab } from './confab.ts';
import { answerOf } from './failure.ts';
import { follow, type Connected } from './follow.ts';
import { listConversations } from './list-conversations.ts';
import { listRooms } from './list-rooms.ts';
import { Live } from './live.ts';
import { messagesOf } from './messages-of.ts';
import { nodeSocket } from './node-socket.ts';
import { Sender } from './sender.ts';
import { sessionCheck } from './session-check.ts';
import { type Credentials, type SignedIn, signIn } from './sign-in.ts';
import { connectLinks } from './transport/connect-links.ts';

export type ConnectOptions = Credentials & {
  /** Where Confab's pages are, like `https://chat.example.org`. */
  readonly url: string;
};

/**
 * Signs in over HTTP and opens a socket.
 * @throws ConfabError SIGN_IN_FAILED, UNAUTHENTICATED (the token), RATE_LIMITED, UNAVAILABLE
 */
export async function connect({ url, ...credentials }: ConnectOptions): Promise<Confab> {
  const { origin } = new URL(url);
  const signedIn = await signIn(origin, credentials);
  const connected = open(origin, signedIn);
  const { api, live } = connected;
  const sender = new Sender(connected);
  const close = async () => {
    const isOpen = live.ended === null;
    live.end(new ConfabError('UNAVAILABLE', { message: 'The connection was closed.' }));
    if (isOpen && 'login' in credentials) await answerOf(signedIn.api.auth.signOut.mutate());
  };
  return {
    account: signedIn.account,
    api,
    rooms: {
      list: (prefix) => answerOf(listRooms(api, prefix)),
      join: (conversationId) => answerOf(api.rooms.join.mutate({ conversationId })),
    },
    conversations: (signal) => listConversations(connected, signal),
    send: (conversationId, text, { clientId = newClientId() } = {}) =>
      sender.send({ conversationId, clientId, text }),
    messages: (conversationId, options) => messagesOf(connected, conversationId, options),
    entries: (conversationId, options) => follow(connected, conversationId, options),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function open(origin: string, { token, api: http }: SignedIn): Connected {
  const isSessionOver = sessionCheck(http);
  const end = () => {
    live.end(new ConfabError('UNAUTHENTICATED'));
  };
  const { links, close } = connectLinks({
    socket: {
      url: `${origin.replace(/^http/, 'ws')}/ws`,
      WebSocket: nodeSocket(),
      token,
      onSessionEnded: end,
      // Refused for its token, a socket closes as it does over a broken network.
      onLost: () => void isSessionOver().then((isOver) => isOver && end()),
    },
    http: { origin, headers: { authorization: `Bearer ${token}` } },
  });
  const api = createTRPCClient({ links });
  const live = new Live(api, close);
  return { api, live };
}
