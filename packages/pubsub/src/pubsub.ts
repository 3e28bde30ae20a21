import type { ConversationEvent, PresenceEvent, TypingEvent, UserEvent } from '@confab/contract';
import type { Limiter, LimiterOptions } from './limiter.ts';
import type { Pacer } from './pacer.ts';
import type { Presence } from './presence.ts';

/** Stops one subscription. Resolves when Redis no longer sends its events; calling it again does nothing. */
export type Unsubscribe = () => Promise<void>;
/** `raw` is the event's JSON as its publisher wrote it, to be sent on without serialising it again. */
export type EventListener<Event> = (event: Event, raw: string) => void;

/** `away`: not usable now; it reconnects by itself, with a jittered backoff of at most 2 s. */
export type ConnectionState = 'ready' | 'away';

/**
 * The nerve between processes. What asks something of Redis rejects with ConfabError('UNAVAILABLE') within about a
 * second while Redis is away or frozen; nothing is queued for later. Subscriptions alone are wishes: they stand until
 * they are ended, and take effect when Redis can.
 */
export interface Pubsub {
  publishToConversation(conversationId: string, event: ConversationEvent): Promise<void>;
  publishToUser(userId: string, event: UserEvent): Promise<void>;
  publishTyping(event: TypingEvent): Promise<void>;
  /**
   * Resolves once Redis has confirmed the subscription. While Redis cannot, it resolves within about a second all the
   * same: {@link Pubsub.onResubscribed} then tells when events flow. Survives every loss of the connection.
   */
  subscribeConversation(
    conversationId: string,
    listener: EventListener<ConversationEvent>,
  ): Promise<Unsubscribe>;
  subscribeUser(userId: string, listener: EventListener<UserEvent>): Promise<Unsubscribe>;
  subscribeTyping(conversationId: string, listener: EventListener<TypingEvent>): Promise<Unsubscribe>;
  subscribePresence(listener: (event: PresenceEvent) => void): Promise<Unsubscribe>;
  /**
   * The subscribing connection is (back) in place with all channels confirmed: events may have been missed before.
   * Fires after every loss, and after a start without Redis. Returns how to stop listening.
   */
  onResubscribed(listener: () => void): () => void;
  /** The subscribing connection was in place and is lost: events are missed from here on. Once per loss. */
  onLost(listener: () => void): () => void;
  readonly presence: Presence;
  limiter(options: LimiterOptions): Limiter;
  /** Two pacers of one name share their turns. */
  pacer(name: string): Pacer;
  status(): { readonly commands: ConnectionState; readonly subscriber: ConnectionState };
  /**
   * False while Redis answers and refuses what changes something, because it cannot write to its disk (MISCONF). Events
   * pass; presence and shared limits are then as if it were away. Known within 2 s.
   */
  takesWrites(): boolean;
  /** Resolves when both connections are ready, however long that takes. Rejects when closed before. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
