import type { Conversation, Entry, ErrorCode } from '@confab/contract';

/** `connecting` before the first answer, `offline` after a cut, `online` once events flow and heads were compared. */
export type ConnectionState = 'connecting' | 'online' | 'offline';

/** Entries a reader sees; the ones that only keep the numbering are left out. */
export type VisibleEntry = Exclude<Entry, { kind: 'void' }>;

/**
 * A message of ours that the server has not confirmed. `sending`: under way. `unconfirmed`: no answer for 10 s, or
 * the connection was cut; retried by itself with the same client id. `failed`: refused by the server, will not be
 * retried by itself.
 */
export interface OutgoingMessage {
  readonly clientId: string;
  readonly text: string;
  /** The device's clock; ISO 8601. */
  readonly createdAt: string;
  readonly state: 'sending' | 'unconfirmed' | 'failed';
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
}

/** One row of a timeline. `key` stays the same when an outgoing message becomes a stored one. */
export type TimelineItem =
  | { readonly type: 'entry'; readonly key: string; readonly entry: VisibleEntry }
  | { readonly type: 'outgoing'; readonly key: string; readonly message: OutgoingMessage };

export interface Timeline {
  /** Of the newest page. */
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  /** Oldest first; an unchanged row keeps its identity, so that only changed rows render. */
  readonly items: readonly TimelineItem[];
  readonly hasOlder: boolean;
  readonly olderStatus: 'idle' | 'loading' | 'failed';
  /** Why `failed`: NOT_FOUND means no access. */
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
}

/** The conversation list. */
export interface ConversationList {
  readonly status: 'loading' | 'ready' | 'failed';
  /** Latest activity first; an unchanged row keeps its identity. */
  readonly rows: readonly ConversationRow[];
}

/** A conversation with this device's own view of its last message. */
export interface ConversationRow {
  readonly conversation: Conversation;
  /** The last entry worth a preview: a message of anybody, stored or still outgoing. */
  readonly preview: TimelineItem | null;
  /** ISO 8601: of the preview, else the conversation's last activity. */
  readonly lastActivityAt: string;
}
