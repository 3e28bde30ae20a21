import type { ChangeEntry, Conversation, Entry, ErrorCode } from '@confab/contract';

/** `connecting` before the first answer, `offline` after a cut, `online` once events flow and heads were compared. */
export type ConnectionState = 'connecting' | 'online' | 'offline';

/** Entries that have a row of their own: changes show on their message, and voids only keep the numbering. */
export type VisibleEntry = Exclude<Entry, { kind: 'void' } | ChangeEntry>;

/** Why something was not sent, or not stored. STORAGE_FULL: this device had no room to keep it until it is sent. */
export interface Refusal {
  readonly code: ErrorCode | 'STORAGE_FULL';
  readonly message: string;
  /** From when on the server may take it; the device's clock, ISO 8601. */
  readonly retryAt?: string;
}

/** A change of ours that was refused, and taken back. */
export interface RefusedChange {
  readonly kind: ChangeEntry['kind'];
  readonly conversationId: string;
  readonly messageId: string;
  readonly error: Refusal;
}

/**
 * A message of ours that the server has not confirmed. `sending`: under way. `unconfirmed`: no answer for 10 s, or
 * the connection was cut; retried by itself with the same client id. `failed`: refused by the server, will not be
 * retried by itself. `sending` with an error: it waits, for the room's slow mode, and goes out by itself.
 */
export interface OutgoingMessage {
  readonly clientId: string;
  readonly text: string;
  /** The device's clock; ISO 8601. */
  readonly createdAt: string;
  readonly state: 'sending' | 'unconfirmed' | 'failed';
  readonly error: Refusal | null;
}

/** One row of a timeline. `key` stays the same when an outgoing message becomes a stored one. */
export type TimelineItem =
  | {
      readonly type: 'entry';
      readonly key: string;
      /** A message with its changes folded in, ours that are still on their way included. */
      readonly entry: VisibleEntry;
      /** A change of ours is on its way. */
      readonly changing: boolean;
    }
  | { readonly type: 'outgoing'; readonly key: string; readonly message: OutgoingMessage };

export interface Timeline {
  /** Of the newest page. */
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  /** Oldest first; an unchanged row keeps its identity, so that only changed rows render. */
  readonly items: readonly TimelineItem[];
  /** Everything from this rev on is held, up to what was heard of. 0 while nothing is. */
  readonly low: number;
  readonly hasOlder: boolean;
  readonly olderStatus: 'idle' | 'loading' | 'failed';
  /** Why `failed`: NOT_FOUND means no access. */
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
}

/**
 * A part of the history that is shown in the timeline's place: it ends before the timeline begins, and is gone once
 * nothing is missing between the two. `closed`: the timeline itself is shown.
 */
export interface Stretch {
  readonly status: 'closed' | 'loading' | 'ready' | 'failed';
  /** Oldest first, stored ones only; none unless `ready`. */
  readonly items: readonly TimelineItem[];
  /** Everything from this rev on is held, up to the last item. */
  readonly low: number;
  readonly hasOlder: boolean;
  readonly olderStatus: Timeline['olderStatus'];
  readonly newerStatus: 'idle' | 'loading' | 'failed';
}

/** The conversation list. */
export interface ConversationList {
  readonly status: 'loading' | 'ready' | 'failed';
  /** Pinned ones first, then the latest activity, hidden ones left out; an unchanged row keeps its identity. */
  readonly rows: readonly ConversationRow[];
}

/** A conversation with this device's own view of its last message. */
export interface ConversationRow {
  readonly conversation: Conversation;
  /** The last entry worth a preview: a message of anybody, stored or still outgoing. */
  readonly preview: TimelineItem | null;
  /** ISO 8601: of the preview, else the conversation's last activity. */
  readonly lastActivityAt: string;
  /** Messages of others that the reader has not read, up to `limits.unreadMax`. */
  readonly unread: number;
  /** Up to where the reader has read, on any device. */
  readonly readSeq: number;
  /** The server told of it since this page began: before, it is what an earlier page kept, and may be long behind. */
  readonly answered: boolean;
}

/**
 * Whether what must survive this page is kept. `memory`: the browser refused storage, so unsent messages end with the
 * page. `full`: there is no room; what could not be kept is not sent and shows as failed.
 */
export type StorageState = 'kept' | 'memory' | 'full';
