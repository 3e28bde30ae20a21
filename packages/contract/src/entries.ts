import { z } from 'zod';
import { clientIdSchema, idSchema, revSchema } from './ids.ts';
import { limits } from './limits.ts';

const stored = {
  id: idSchema,
  rev: revSchema,
  /** Who did it. */
  senderId: idSchema,
  clientId: clientIdSchema,
  /** ISO 8601, the server's clock. */
  createdAt: z.iso.datetime(),
};

/** One person's emoji on a message, as the change of this rev left it; `on: false` is kept so that nothing older revives it. */
export const reactionStateSchema = z.strictObject({ rev: revSchema, on: z.boolean() });
export type ReactionState = z.infer<typeof reactionStateSchema>;

/**
 * A message and its present state, folded from the changes that came after it. Each part of the state carries the rev
 * of the change that made it, so that a change is folded once, in whatever order a page and live entries arrive.
 */
export const messageEntrySchema = z.strictObject({
  kind: z.literal('message'),
  ...stored,
  messageType: z.literal('text'),
  /** Empty when deleted. */
  text: z.string(),
  /** Of the edit that gave the text; absent: as first sent. */
  textRev: revSchema.optional(),
  /** Of the deletion; nothing else applies any more. */
  deletedRev: revSchema.optional(),
  /** By `reactionKey`. */
  reactions: z.record(z.string(), reactionStateSchema).optional(),
});

/** Which message a change is about. */
const target = { messageId: idSchema, /** Its rev. */ seq: revSchema };

/** A message got another text; empty once the message is deleted. */
export const editEntrySchema = z.strictObject({
  kind: z.literal('edit'),
  ...stored,
  ...target,
  text: z.string(),
});

/** A message was deleted for everyone. */
export const deletionEntrySchema = z.strictObject({ kind: z.literal('deletion'), ...stored, ...target });

/** The sender put an emoji on a message, or took it back. */
export const reactionEntrySchema = z.strictObject({
  kind: z.literal('reaction'),
  ...stored,
  ...target,
  /** As it is stored: what was sent before emoji had one form keeps its own. */
  emoji: z.string().max(limits.emojiLengthMax),
  on: z.boolean(),
});

/** What can happen to somebody's membership. */
export const memberChanges = [
  'joined',
  'left',
  'added',
  'removed',
  'banned',
  'unbanned',
  'madeOwner',
  'madeModerator',
  'madeMember',
  'silenced',
  'unsilenced',
] as const;

/**
 * A person came or went, got another role, or was kept from writing. `senderId` did it, `userId` is whom it is about;
 * equal for joined and left.
 */
export const memberEntrySchema = z.strictObject({
  kind: z.literal('member'),
  ...stored,
  change: z.enum(memberChanges),
  userId: idSchema,
  /** Of `silenced`: until when. ISO 8601. */
  until: z.iso.datetime().optional(),
});

/** A setting of the conversation was changed to this value. */
export const settingEntrySchema = z.strictObject({
  kind: z.literal('setting'),
  ...stored,
  setting: z.enum(['name', 'topic', 'slowModeSeconds', 'newMembersSeeHistory']),
  value: z.union([z.string(), z.number(), z.boolean()]),
});
export type SettingEntry = z.infer<typeof settingEntrySchema>;

/** The first entry of a group or room. */
export const createdEntrySchema = z.strictObject({ kind: z.literal('created'), ...stored });

/** Keeps the numbering where this reader may not see the entry, or where none ever came to be. */
export const voidEntrySchema = z.strictObject({ kind: z.literal('void'), rev: revSchema });

/** One entry of a conversation's append-only log, as a reader sees it. See docs/architecture/life-of-a-message.md. */
export const entrySchema = z.discriminatedUnion('kind', [
  messageEntrySchema,
  memberEntrySchema,
  createdEntrySchema,
  settingEntrySchema,
  editEntrySchema,
  deletionEntrySchema,
  reactionEntrySchema,
  voidEntrySchema,
]);
export type Entry = z.infer<typeof entrySchema>;
export type MessageEntry = z.infer<typeof messageEntrySchema>;
export type EditEntry = z.infer<typeof editEntrySchema>;
export type DeletionEntry = z.infer<typeof deletionEntrySchema>;
export type ReactionEntry = z.infer<typeof reactionEntrySchema>;
/** An entry that changes a message. */
export type ChangeEntry = EditEntry | DeletionEntry | ReactionEntry;
export type MemberEntry = z.infer<typeof memberEntrySchema>;
export type MemberChange = MemberEntry['change'];
