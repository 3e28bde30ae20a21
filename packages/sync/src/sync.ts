import type { Store } from './store.ts';
import type { ConnectionState, ConversationList, ConversationRow, Timeline } from './views.ts';

/** The client's half of delivery: one per signed-in user and page. */
export interface Sync {
  readonly connection: Store<ConnectionState>;
  readonly conversations: Store<ConversationList>;
  conversation(conversationId: string): Store<ConversationRow | null>;
  /** While it has a subscriber it is kept open: loaded again when the server was restored or access came back. */
  timeline(conversationId: string): Store<Timeline>;
  /** Subscribes, then compares heads. */
  start(): void;
  /** Closes the subscription and forgets everything. */
  stop(): void;
  /** Loads the newest page unless it is held already; again after `failed`. */
  openTimeline(conversationId: string): void;
  /** Loads the page before the oldest held entry. */
  loadOlder(conversationId: string): void;
  /** Fetches a conversation that the list does not hold yet (just created, opened or joined). */
  fetchConversation(conversationId: string): Promise<void>;
  /** Shows the message at once, sends it after those before it; returns its client id. */
  send(conversationId: string, text: string): string;
  /** Tries a failed message again, under the same client id. */
  retry(conversationId: string, clientId: string): void;
  /** Takes a failed message away and returns its text, to be edited or dropped. */
  discard(conversationId: string, clientId: string): string | null;
}
