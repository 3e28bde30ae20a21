import { z } from 'zod';
import { listRoomsInput, type MemberPage, type RoomListing } from './conversations.ts';
import { clientIdSchema, idSchema } from './ids.ts';
import { limits } from './limits.ts';
import { conversationNameSchema, searchPrefixSchema } from './text.ts';
import type { Account } from './users.ts';

/** What programs ask for beside what the pages do. See docs/reference/http-api.md. */
export interface TokenAnswer {
  /** The session's secret, for `Authorization: Bearer`. */
  readonly token: string;
  readonly account: Account;
}

export const listRoomsWithMembersInput = z.strictObject({
  ...listRoomsInput.shape,
  limit: z.int().min(1).max(limits.roomsWithMembersMax).default(20),
});

export interface RoomWithMembers extends RoomListing {
  /** Their first page, longest-standing first. */
  readonly participants: MemberPage;
}

export interface RoomWithMembersPage {
  readonly rooms: readonly RoomWithMembers[];
  readonly nextCursor: string | null;
}

/** Whoever has it, if anybody: what can be no name is nobody's. */
const anyName = searchPrefixSchema(limits.nameLengthMax * 4).meta({
  minLength: limits.nameLengthMin,
  maxLength: limits.nameLengthMax,
});

export const createGroupByNamesInput = z.strictObject({
  clientId: clientIdSchema,
  name: conversationNameSchema,
  /** Beside the creator. What has the form of an id is one, even if somebody has it for a name. */
  users: z
    .array(z.union([idSchema, anyName]))
    .min(1, 'Choose at least one person.')
    .max(limits.groupMembersMax - 1, `A group holds at most ${String(limits.groupMembersMax)} people.`),
});
export type CreateGroupByNamesInput = z.infer<typeof createGroupByNamesInput>;
