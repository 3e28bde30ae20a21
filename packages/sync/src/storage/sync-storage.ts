import type { Conversation } from '@confab/contract';
import type { Outgoing } from '../outgoing.ts';
import type { Range } from '../range.ts';

/** So many of the newest entries of so many of the conversations opened last are kept. */
export const keptEntriesMax = 200;
export const keptRangesMax = 50;

export interface KeptOutgoing {
  readonly conversationId: string;
  readonly outgoing: Outgoing;
}

/** One step of the outbox: what is put is there, in its first place, until it is dropped. */
export type OutboxStep =
  ({ readonly type: 'put' } & KeptOutgoing) | { readonly type: 'drop'; readonly clientId: string };

/** A row of the list: as the server answered it, and how it looked here. */
export interface KeptConversation {
  readonly conversation: Conversation;
  readonly shown: Pick<Conversation, 'unread' | 'unreadTo' | 'readSeq'>;
}

/** What is written and not sent in one conversation; an empty text is none. */
export interface KeptDraft {
  readonly conversationId: string;
  readonly text: string;
}

/** What is held of one conversation: the state of one tab at one moment, whole. */
export interface KeptRange {
  readonly conversationId: string;
  readonly epoch: string;
  readonly range: Range;
  /** Milliseconds since 1970; 0 when it was loaded without having been opened. */
  readonly openedAt: number;
}

export interface KeptOutbox {
  /** In the order of writing. */
  readonly outgoing: readonly KeptOutgoing[];
  /** Kept by another version of this program; they stay where they are. */
  readonly unreadable: number;
}

export interface KeptList {
  readonly epoch: string;
  readonly conversations: readonly KeptConversation[];
}

export interface CacheChanges {
  readonly epoch: string;
  readonly conversations: readonly KeptConversation[];
  readonly ranges: readonly KeptRange[];
  /** Conversations to forget. */
  readonly removed: readonly string[];
}

/**
 * What one user keeps on this device, for all tabs. Any call may reject: with an error named `QuotaExceededError` when
 * there is no room, and with any other when there is no storage to be had.
 */
export interface SyncStorage {
  loadOutbox(): Promise<KeptOutbox>;
  /** All steps or none. */
  writeOutbox(steps: readonly OutboxStep[]): Promise<void>;
  loadDrafts(): Promise<readonly KeptDraft[]>;
  /** All or none; an empty one is deleted. Begun before it returns, so that a page that is left may still call it. */
  writeDrafts(drafts: readonly KeptDraft[]): Promise<void>;
  /** Null when nothing usable is kept. */
  loadList(): Promise<KeptList | null>;
  loadRange(conversationId: string): Promise<KeptRange | null>;
  /** In one transaction: what another tab wrote of the same epoch and holds more of stays. */
  writeCache(changes: CacheChanges): Promise<void>;
  /** Forgets everything but the outbox and the drafts. */
  clearCache(): Promise<void>;
  /** Ends this tab's use. */
  close(): void;
  /** Deletes everything of this user, and ends this tab's use. */
  erase(): Promise<void>;
}

/**
 * Whether a range written by another tab stays: two states of one log, and the one that reaches further knows
 * everything that the other one does. They are never merged: what the longer one did not hold missed the changes
 * that the shorter one has not seen.
 */
export function isAhead(kept: KeptRange | undefined, given: KeptRange): boolean {
  return kept !== undefined && kept.epoch === given.epoch && kept.range.cursor > given.range.cursor;
}

export function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
