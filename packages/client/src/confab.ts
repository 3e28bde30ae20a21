import type { Account, Conversation, MessageEntry, RoomListing } from '@confab/contract';
import type { FollowOptions, LogEntry } from './follow.ts';
import type { Api } from './transport/api.ts';

/** A signed-in connection. It reconnects by itself until it is closed or its session ends. */
export interface Confab extends AsyncDisposable {
  /** Who is signed in. */
  readonly account: Account;
  /** Every procedure of the product. Its errors are tRPC's: `refusalOf` makes a ConfabError of one. */
  readonly api: Api;
  readonly rooms: {
    /** The public rooms whose names begin so, latest activity first. @throws ConfabError */
    list(prefix?: string): Promise<readonly RoomListing[]>;
    /** Nothing changes for a member. @throws ConfabError NOT_FOUND, BANNED */
    join(conversationId: string): Promise<Conversation>;
  };
  /** See {@link listConversations}. */
  conversations(signal?: AbortSignal): AsyncIterable<Conversation>;
  /**
   * Resolves with the message once it is durable. It is sent again, under its client id, until there is an answer;
   * those of one conversation go in order. A client id of one's own makes one message of what several processes send.
   * @throws ConfabError what the server refused, or UNAVAILABLE after `close`: whether it is stored is unknown then
   */
  send(conversationId: string, text: string, options?: { readonly clientId?: string }): Promise<MessageEntry>;
  /** The messages of {@link entries}, those left out that were deleted before they came here. */
  messages(conversationId: string, options?: FollowOptions): AsyncIterable<MessageEntry>;
  /** Everything in the log, live: edits, deletions, reactions and members too. See {@link follow}. */
  entries(conversationId: string, options?: FollowOptions): AsyncIterable<LogEntry>;
  /** Ends everything that waits; ends the session too if `connect` began it. */
  close(): Promise<void>;
}
