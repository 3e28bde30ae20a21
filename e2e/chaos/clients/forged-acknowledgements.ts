import type { SyncTransport } from '@confab/sync';

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
