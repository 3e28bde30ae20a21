import type {
  ConversationAnswer,
  ChangeMessageResult,
  ConversationPage,
  DeleteMessageInput,
  EditMessageInput,
  LiveEvent,
  MarkInput,
  MarkResult,
  MessagePage,
  MessagePull,
  Preferences,
  ReactToMessageInput,
  SendMessageInput,
  SendMessageResult,
  SetPreferencesInput,
  Watermarks,
} from '@confab/contract';

/**
 * What sync needs from the network; the web app, bots and tests each bring one. A rejected call carries a
 * `ConfabError` for a refusal by the server, and any other error when it is unknown whether the server acted. Every
 * call settles in the end (a timeout rejects): sync gives up waiting for pulls when the connection is cut, and for
 * sends after 10 s, but a page or a list is waited for.
 */
export interface SyncTransport {
  listConversations(input: { cursor?: string }): Promise<ConversationPage>;
  getConversation(input: { conversationId: string }): Promise<ConversationAnswer>;
  page(input: { conversationId: string; before?: number; limit?: number }): Promise<MessagePage>;
  pull(input: { conversationId: string; after: number }): Promise<MessagePull>;
  send(input: SendMessageInput): Promise<SendMessageResult>;
  edit(input: EditMessageInput): Promise<ChangeMessageResult>;
  remove(input: DeleteMessageInput): Promise<ChangeMessageResult>;
  react(input: ReactToMessageInput): Promise<ChangeMessageResult>;
  /** `leaving`: the page may be gone in a moment, and the request has to outlive it. */
  mark(input: MarkInput, call: { readonly leaving: boolean }): Promise<MarkResult>;
  watermarks(input: { conversationId: string }): Promise<Watermarks>;
  setPreferences(input: SetPreferencesInput): Promise<Preferences>;
  /** Opens the durable subscription and keeps it open, reconnecting by itself. Returns how to close it. */
  subscribe(handlers: LiveHandlers): () => void;
}

export interface LiveHandlers {
  onEvent(event: LiveEvent): void;
  /** The subscription was cut; `live.ready` tells when it is back. */
  onDisconnect(): void;
}
