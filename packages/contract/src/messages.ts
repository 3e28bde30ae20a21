import { z } from 'zod';
import { emojiSchema } from './emoji.ts';
import type { ChangeEntry, Entry } from './entries.ts';
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
  /** The messages are as the changes up to this rev left them; without `before`, the page reaches up to it. */
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

/** What every change of a message names. */
const change = { conversationId: idSchema, messageId: idSchema, clientId: clientIdSchema };

export const editMessageInput = z.strictObject({ ...change, text: messageTextSchema });
export type EditMessageInput = z.infer<typeof editMessageInput>;

export const deleteMessageInput = z.strictObject(change);
export type DeleteMessageInput = z.infer<typeof deleteMessageInput>;

export const reactToMessageInput = z.strictObject({
  ...change,
  emoji: emojiSchema,
  /** False takes it back. */
  on: z.boolean(),
});
export type ReactToMessageInput = z.infer<typeof reactToMessageInput>;

/** The stored change. */
export interface ChangeMessageResult {
  readonly epoch: string;
  readonly entry: ChangeEntry;
}

export const messageVersionsInput = z.strictObject({ conversationId: idSchema, messageId: idSchema });

/** A message's texts, the first one first (its first and its last edits, `limits.versionsMax` in all); empty once it is deleted. */
export interface MessageVersions {
  readonly versions: readonly { readonly rev: number; readonly text: string; readonly createdAt: string }[];
}

/** Up to where a member's devices hold a conversation, and up to where the member has read it. */
export const watermarkSchema = z.strictObject({
  userId: idSchema,
  deliveredSeq: cursorSchema,
  readSeq: cursorSchema,
});
export type Watermark = z.infer<typeof watermarkSchema>;

/** Raises one's own watermarks; never lowers them. */
export const markInput = z.strictObject({
  /** Of the revs below: those of another life of the database mean nothing in this one. */
  epoch: z.string().min(1).max(64),
  conversationId: idSchema,
  deliveredSeq: cursorSchema.default(0),
  readSeq: cursorSchema.default(0),
});
export type MarkInput = z.input<typeof markInput>;

/** The reader's own, as they are now: clamped to the log. */
export interface MarkResult {
  readonly epoch: string;
  readonly watermark: Watermark;
}

/** Of the members of a direct conversation or group; of the reader alone in a room. */
export interface Watermarks {
  readonly epoch: string;
  readonly watermarks: readonly Watermark[];
}
