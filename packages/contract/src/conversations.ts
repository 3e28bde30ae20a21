import { z } from 'zod';
import type { Entry } from './entries.ts';
import { clientIdSchema, cursorSchema, idSchema } from './ids.ts';
import { limits } from './limits.ts';
import { pageCursorSchema } from './paging.ts';
import { conversationNameSchema, lineSchema, searchPrefixSchema } from './text.ts';
import type { User } from './users.ts';

export type ConversationKind = 'direct' | 'group' | 'room';
export type Visibility = 'public' | 'private';

export const memberRoleSchema = z.enum(['owner', 'moderator', 'member']);
export type MemberRole = z.infer<typeof memberRoleSchema>;

/** How one member wants a conversation in their own list; nobody else learns of it. */
export const preferencesSchema = z.strictObject({
  /** Stands above everything that is not. */
  pinned: z.boolean(),
  /** New messages are counted quietly. */
  muted: z.boolean(),
  /** Out of the list while no message is above this rev; null: not hidden. */
  hiddenSeq: cursorSchema.nullable(),
  /** Counts the changes of the three: of two states, the one with the higher number is the later one. */
  version: cursorSchema,
});
export type Preferences = Readonly<z.infer<typeof preferencesSchema>>;

/** A conversation as one of its members sees it. */
export interface Conversation {
  readonly id: string;
  readonly kind: ConversationKind;
  /** Of a group or room; null for a direct conversation, whose name is the other person's. */
  readonly name: string | null;
  readonly topic: string;
  /** Rooms: public ones are listed and open to everybody. Groups and direct conversations are private. */
  readonly visibility: Visibility;
  /** Between two messages of one member; 0: as they like. Owners and moderators are free of it. */
  readonly slowModeSeconds: number;
  /** Whether those who come into a group later see what was written before. In rooms they always do. */
  readonly newMembersSeeHistory: boolean;
  /** The name, topic and so on are as the `setting` entries up to this rev left them; 0: as created. */
  readonly settingsRev: number;
  /** The other person of a direct conversation. */
  readonly peer: User | null;
  /** The reader blocked that person; absent otherwise. */
  readonly peerBlocked?: true | undefined;
  readonly memberCount: number;
  /** The reader's own role. */
  readonly role: MemberRole;
  /** Until when a moderator keeps the reader from writing. ISO 8601; null, or in the past: not at all. */
  readonly silencedUntil: string | null;
  readonly preferences: Preferences;
  /** A hint: at least every acknowledged entry's rev. */
  readonly headRev: number;
  /** The lowest rev the reader may see. */
  readonly from: number;
  readonly createdAt: string;
  /** ISO 8601; lists are ordered by it, pinned ones first. */
  readonly lastActivityAt: string;
  /** The last message the reader may see. */
  readonly lastMessage: Entry | null;
  /** The reader's own watermarks. */
  readonly deliveredSeq: number;
  readonly readSeq: number;
  /** Messages of others above `readSeq`, but of nobody whom the reader blocked, that are not deleted, counted to `limits.unreadMax`. */
  readonly unread: number;
  /** The rev up to which `unread` counted: a message above it is not in the count. */
  readonly unreadTo: number;
}

/** One conversation, in the database's life that it was read in. */
export interface ConversationAnswer {
  readonly epoch: string;
  readonly conversation: Conversation;
}

export const conversationInput = z.strictObject({ conversationId: idSchema });

export const listConversationsInput = z.strictObject({
  cursor: pageCursorSchema.optional(),
  limit: z.int().min(1).max(limits.conversationRowsMax).default(limits.conversationRowsMax),
});

/** The reader's conversations: pinned ones first, then by latest activity. `nextCursor` is null at the end. */
export interface ConversationPage {
  readonly epoch: string;
  readonly conversations: readonly Conversation[];
  readonly nextCursor: string | null;
}

export const openDirectInput = z.strictObject({ userId: idSchema });

export const createGroupInput = z.strictObject({
  clientId: clientIdSchema,
  name: conversationNameSchema,
  /** Beside the creator. */
  userIds: z
    .array(idSchema)
    .min(1, 'Choose at least one person.')
    .max(limits.groupMembersMax - 1, `A group holds at most ${String(limits.groupMembersMax)} people.`),
});
export type CreateGroupInput = z.infer<typeof createGroupInput>;

const topicSchema = lineSchema(limits.topicLengthMax);

export const createRoomInput = z.strictObject({
  clientId: clientIdSchema,
  name: conversationNameSchema,
  topic: topicSchema.default(''),
  visibility: z.enum(['public', 'private']).default('public'),
});
export type CreateRoomInput = z.infer<typeof createRoomInput>;

/** Settings of a group or room, each with what it may be set to. */
export const settingsShape = {
  name: conversationNameSchema,
  topic: topicSchema,
  slowModeSeconds: z.literal(limits.slowModeSeconds),
  newMembersSeeHistory: z.boolean(),
};
export type SettingName = keyof typeof settingsShape;

/** Changes one setting or several; each change is an entry of the log. Slow mode is for rooms, history for groups. */
export const updateConversationInput = z
  .strictObject({ conversationId: idSchema, clientId: clientIdSchema, ...settingsShape })
  .partial({ name: true, topic: true, slowModeSeconds: true, newMembersSeeHistory: true })
  .refine(
    (input) => Object.keys(settingsShape).some((name) => input[name as SettingName] !== undefined),
    'Nothing to change.',
  )
  // The two that name it and the attempt, and one thing to change.
  .meta({ minProperties: 3 });
export type UpdateConversationInput = z.infer<typeof updateConversationInput>;

/** Absent: as it is. Hiding lasts until the next message. */
export const setPreferencesInput = z.strictObject({
  conversationId: idSchema,
  pinned: z.boolean().optional(),
  muted: z.boolean().optional(),
  hidden: z.boolean().optional(),
});
export type SetPreferencesInput = z.infer<typeof setPreferencesInput>;

export const listRoomsInput = z.strictObject({
  /** Start of a name, in any case, with or without accents. Empty lists every room, latest activity first. */
  prefix: searchPrefixSchema(limits.conversationNameLengthMax).default(''),
  cursor: pageCursorSchema.optional(),
  limit: z.int().min(1).max(limits.listRowsMax).default(50),
});

/** A room in the directory. */
export interface RoomListing {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly memberCount: number;
  readonly createdAt: string;
  readonly lastActivityAt: string;
  /** Whether the reader is a member. */
  readonly joined: boolean;
}

export interface RoomPage {
  readonly rooms: readonly RoomListing[];
  readonly nextCursor: string | null;
}

export const listMembersInput = z.strictObject({
  conversationId: idSchema,
  cursor: pageCursorSchema.optional(),
  limit: z.int().min(1).max(limits.listRowsMax).default(50),
});

export interface Member {
  readonly user: User;
  readonly role: MemberRole;
  /** Until when a moderator keeps them from writing. ISO 8601; null, or in the past: not at all. */
  readonly silencedUntil: string | null;
  readonly joinedAt: string;
}

export interface MemberPage {
  readonly members: readonly Member[];
  readonly nextCursor: string | null;
}

export const memberInput = z.strictObject({ conversationId: idSchema, userId: idSchema });
export type MemberInput = z.infer<typeof memberInput>;

/** `owner` hands the conversation over: the owner of before becomes a moderator. */
export const setRoleInput = z.strictObject({ ...memberInput.shape, role: memberRoleSchema });
export type SetRoleInput = z.infer<typeof setRoleInput>;

/** Keeps a member from writing for so long; 0 lets them write again. */
export const silenceInput = z.strictObject({
  ...memberInput.shape,
  minutes: z.int().min(0).max(limits.silenceMinutesMax),
});
export type SilenceInput = z.infer<typeof silenceInput>;
