import type { Store } from './store.ts';
import type { ConversationAnswer, MessagePage, Watermark } from '@confab/contract';
import type { PreferenceChange } from './preferences.ts';
import type {
  ConnectionState,
  ConversationList,
  ConversationRow,
  StorageState,
  Stretch,
  Timeline,
} from './views.ts';

/** One conversation, as the server answered it: the parts in the order in which they were read. */
export interface Seed {
  readonly answer: ConversationAnswer;
  /** The newest page. */
  readonly page: MessagePage;
  /** What lies around the read mark, where the newest page does not reach it; asked for below `before`. */
  readonly around: { readonly before: number; readonly page: MessagePage } | null;
}

/** The client's half of delivery: one per signed-in user and page. */
export interface Sync {
  readonly connection: Store<ConnectionState>;
  /** Without those that are hidden: pinned ones first, then by latest activity. */
  readonly conversations: Store<ConversationList>;
  /** Unread messages of the rows in the list, muted ones left out: for a badge. */
  readonly unreadTotal: Store<number>;
  conversation(conversationId: string): Store<ConversationRow | null>;
  /** While it has a subscriber it is kept open: loaded again when the server was restored or access came back. */
  timeline(conversationId: string): Store<Timeline>;
  readonly storage: Store<StorageState>;
  /**
   * Of a direct conversation's or group's members, oneself included; fetched while it has a subscriber. Null before the
   * server told.
   */
  watermarks(conversationId: string): Store<readonly Watermark[] | null>;
  /** Takes in what the server answered before this object was there. Before `start`. */
  seed(seed: Seed): void;
  /** Subscribes, then compares heads. */
  start(): void;
  /** Closes the subscription, for good; what is kept on the device stays there. */
  stop(): void;
  /**
   * For a session that expired: stops, and erases what can be loaded again. What is unsent, drafts included, stays on the
   * device until its owner has signed in here again.
   */
  keepUnsent(): Promise<void>;
  /** For signing out, and for a session that somebody ended: stops, and erases what this device keeps of this user, unsent messages and drafts included. */
  erase(): Promise<void>;
  /** Loads the newest page unless it is held already; again after `failed`. */
  openTimeline(conversationId: string): void;
  /** What is shown in a timeline's place, if anything is; closed when its last subscriber leaves. */
  stretch(conversationId: string): Store<Stretch>;
  /** Loads the page before the oldest entry shown. */
  loadOlder(conversationId: string): void;
  /** Loads the page after a stretch. */
  loadNewer(conversationId: string): void;
  /**
   * Shows what lies around this rev, unless the timeline reaches down to it. It takes the timeline's place until pages
   * have filled what lies between. Needs a timeline that is `ready`; again after `failed`.
   */
  openStretch(conversationId: string, rev: number): void;
  /** Shows the timeline, and so its end. */
  closeStretch(conversationId: string): void;
  /** Fetches a conversation that the list does not hold yet (just created, opened or joined). */
  fetchConversation(conversationId: string): Promise<void>;
  /** Shows the message at once, sends it after those before it; returns its client id. */
  send(conversationId: string, text: string): string;
  /** Tries a failed message again, under the same client id. */
  retry(conversationId: string, clientId: string): void;
  /** Takes a message away that failed, or waits for slow mode, and returns its text, to be edited or dropped. */
  discard(conversationId: string, clientId: string): string | null;
  /**
   * Changes a stored message: shown at once, sent in order like messages, kept over a reload. A refusal takes it back
   * and is told to `SyncOptions.onRefused`; so is that of a message that is still outgoing, which has no id yet.
   */
  edit(conversationId: string, messageId: string, text: string): void;
  remove(conversationId: string, messageId: string): void;
  react(conversationId: string, messageId: string, reaction: { emoji: string; on: boolean }): void;
  /** The reader has seen the conversation up to this rev. Told to the server at most once a second. */
  markRead(conversationId: string, seq: number): void;
  /**
   * Keeps on this device what is written and not sent in a conversation; an empty text is none. A later page and the other
   * tabs hear it by `SyncOptions.onDraft`. Written within half a second; by `hurry` at once.
   */
  keepDraft(conversationId: string, text: string): void;
  /** For a page that is left or hidden: what waits to be told or kept, like read marks and drafts, goes out now. */
  hurry(): void;
  /** Whom the reader blocked: what these write is in no count of what is unread. */
  setBlocked(userIds: ReadonlySet<string>): void;
  /**
   * Pins, mutes or hides a conversation in the reader's own list: shown at once, told to the server, tried again until
   * it answers. Resolves once the server has it; rejects with a `ConfabError` once it is refused and taken back, or the
   * page stops.
   */
  setPreferences(conversationId: string, change: PreferenceChange): Promise<void>;
}
