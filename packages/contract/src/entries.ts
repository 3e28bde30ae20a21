import { z } from 'zod';
import { clientIdSchema, idSchema, revSchema } from './ids.ts';

const stored = {
  id: idSchema,
  rev: revSchema,
  /** Who did it. */
  senderId: idSchema,
  clientId: clientIdSchema,
  /** ISO 8601, the server's clock. */
  createdAt: z.iso.datetime(),
};

export const messageEntrySchema = z.strictObject({
  kind: z.literal('message'),
  ...stored,
  messageType: z.literal('text'),
  text: z.string(),
});

/** A person came or went. `senderId` did it, `userId` is whom it is about; equal for joined and left. */
export const memberEntrySchema = z.strictObject({
  kind: z.literal('member'),
  ...stored,
  change: z.enum(['joined', 'left', 'added', 'removed', 'banned']),
  userId: idSchema,
});

/** The first entry of a group or room. */
export const createdEntrySchema = z.strictObject({ kind: z.literal('created'), ...stored });

/** Keeps the numbering where this reader may not see the entry, or where none ever came to be. */
export const voidEntrySchema = z.strictObject({ kind: z.literal('void'), rev: revSchema });

/** One entry of a conversation's append-only log, as a reader sees it. See docs/architecture/life-of-a-message.md. */
export const entrySchema = z.discriminatedUnion('kind', [
  messageEntrySchema,
  memberEntrySchema,
  createdEntrySchema,
  voidEntrySchema,
]);
export type Entry = z.infer<typeof entrySchema>;
export type MessageEntry = z.infer<typeof messageEntrySchema>;
export type MemberEntry = z.infer<typeof memberEntrySchema>;
export type MemberChange = MemberEntry['change'];
