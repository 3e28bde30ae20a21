import type { Stored } from './lane.ts';
import type { Outgoing } from './outgoing.ts';
import type { SyncTransport } from './transport.ts';

/** The request for whatever is outgoing. */
export function sendOutgoing(
  transport: SyncTransport,
  conversationId: string,
  outgoing: Outgoing,
): Promise<Stored> {
  const { clientId } = outgoing;
  switch (outgoing.kind) {
    case 'message':
      return transport.send({ conversationId, clientId, text: outgoing.text });
    case 'edit': {
      const { messageId, text } = outgoing;
      return transport.edit({ conversationId, messageId, clientId, text });
    }
    case 'deletion':
      return transport.remove({ conversationId, messageId: outgoing.messageId, clientId });
    case 'reaction': {
      const { messageId, emoji, on } = outgoing;
      return transport.react({ conversationId, messageId, clientId, emoji, on });
    }
  }
}
