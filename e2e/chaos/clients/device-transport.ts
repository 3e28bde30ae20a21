import type { SyncTransport } from '@confab/sync';
import type { Random } from '../random.ts';
import type { Connection } from './connect.ts';
import { keepSubscribed } from './keep-subscribed.ts';
import { withRefusals } from './refusal.ts';

/** What packages/sync needs of the network, as the web app gives it. */
export function createDeviceTransport({ client }: Connection, random: Random): SyncTransport {
  return {
    listConversations: (input) => withRefusals(client.conversations.list.query(input)),
    getConversation: (input) => withRefusals(client.conversations.get.query(input)),
    page: (input) => withRefusals(client.messages.page.query(input)),
    pull: (input) => withRefusals(client.messages.pull.query(input)),
    send: (input) => withRefusals(client.messages.send.mutate(input)),
    edit: (input) => withRefusals(client.messages.edit.mutate(input)),
    remove: (input) => withRefusals(client.messages.delete.mutate(input)),
    react: (input) => withRefusals(client.messages.react.mutate(input)),
    mark: (input) => withRefusals(client.conversations.mark.mutate(input)),
    watermarks: (input) => withRefusals(client.conversations.watermarks.query(input)),
    subscribe: (handlers) => keepSubscribed(client, handlers, random),
  };
}

/** The control: answers each send as if it were stored, and sends nothing. */
export function withForgedAcknowledgements(transport: SyncTransport, userId: string): SyncTransport {
  return {
    ...transport,
    async send({ conversationId, clientId, text }) {
      const { epoch, conversation } = await transport.getConversation({ conversationId });
      const entry = {
        kind: 'message' as const,
        id: clientId,
        rev: conversation.headRev + 1,
        senderId: userId,
        clientId,
        createdAt: new Date().toISOString(),
        messageType: 'text' as const,
        text,
      };
      return { epoch, entry };
    },
  };
}
