import { z } from 'zod';
import type { Entry } from './entries.ts';
import { clientIdSchema, idSchema } from './ids.ts';
import { limits } from './limits.ts';
import { conversationNameSchema, lineSchema } from './text.ts';
import type { User } from './users.ts';

export type ConversationKind = 'direct' | 'group' | 'room';
export type MemberRole = 'owner' | 'moderator' | 'member';

/** A conversation as one of its members sees it. */
export interface Conversation {
  readonly id: string;
  readonly kind: ConversationKind;
  /** Of a group or room; null for a direct conversation, whose name is the other person's. */
  readonly name: string | null;
  readonly topic: string;
  /** The other person of a direct conversation. */
  readonly peer: User | null;
  readonly memberCount: number;
  /** The reader's own role. */
  readonly role: MemberRole;
  /** A hint: at least every acknowledged entry's rev. */
  readonly headRev: number;
  /** The lowest rev the reader may see. */
  readonly from: number;
  readonly createdAt: string;
  /** ISO 8601; lists are ordered by it. */
  readonly lastActivityAt: string;
  /** The last message the reader may see. */
  readonly lastMessage: Entry | null;
  /** The reader's own watermarks. */
  readonly deliveredSeq: number;
  readonly readSeq: number;
  /** Messages of others above `readSeq` that are not deleted, counted to `limits.unreadMax`. */
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
  cursor: z.string().max(256).optional(),
  limit: z.int().min(1).max(limits.listRowsMax).default(limits.listRowsMax),
});

/** The reader's conversations, latest activity first. `nextCursor` is null at the end. */
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

export const createRoomInput = z.strictObject({
  clientId: clientIdSchema,
  name: conversationNameSchema,
  topic: lineSchema(limits.topicLengthMax).default(''),
});
export type CreateRoomInput = z.infer<typeof createRoomInput>;

export const listRoomsInput = z.strictObject({
  cursor: z.string().max(256).optional(),
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
  cursor: z.string().max(256).optional(),
  limit: z.int().min(1).max(limits.listRowsMax).default(50),
});

export interface Member {
  readonly user: User;
  readonly role: MemberRole;
  readonly joinedAt: string;
}

export interface MemberPage {
  readonly members: readonly Member[];
  readonly nextCursor: string | null;
}

export const memberInput = z.strictObject({ conversationId: idSchema, userId: idSchema });
export type MemberInput = z.infer<typeof memberInput>;
