import { z } from 'zod';
import type { Entry } from './entries.ts';
import { clientIdSchema, cursorSchema, idSchema, revSchema } from './ids.ts';
import { limits } from './limits.ts';
import { messageTextSchema } from './text.ts';

export const sendMessageInput = z.strictObject({
  conversationId: idSchema,
  clientId: clientIdSchema,
  text: messageTextSchema,
});
export type SendMessageInput = z.infer<typeof sendMessageInput>;

export const messagePageInput = z.strictObject({
  conversationId: idSchema,
  /** Entries below this rev; absent: the newest. */
  before: revSchema.optional(),
  limit: z.int().min(1).max(limits.pageEntriesMax).default(limits.pageEntries),
});
export type MessagePageInput = z.infer<typeof messagePageInput>;

/** A stretch of history, oldest first. */
export interface MessagePage {
  /** The database's life: a restore makes a new one, and every cursor of an older one is void. */
  readonly epoch: string;
  /** Contiguous by rev. */
  readonly entries: readonly Entry[];
  /** Everything up to this rev is covered by this page and what lies below it. Only meaningful without `before`. */
  readonly cursor: number;
  /** The lowest rev this reader may ever see; nothing older exists below it. */
  readonly from: number;
}

export const messagePullInput = z.strictObject({
  conversationId: idSchema,
  /** The device's cursor: entries above it are wanted. */
  after: cursorSchema,
  limit: z.int().min(1).max(limits.pullEntriesMax).default(limits.pullEntriesMax),
});
export type MessagePullInput = z.infer<typeof messagePullInput>;

/** What came after a cursor, in order and without holes. `more` says that another pull is due. */
export interface MessagePull {
  readonly epoch: string;
  readonly entries: readonly Entry[];
  readonly from: number;
  readonly more: boolean;
}

/** The stored entry: its rev, id and time are the server's, whichever attempt stored it. */
export interface SendMessageResult {
  readonly epoch: string;
  readonly entry: Entry;
}
