import { z } from 'zod';
import { clientIdSchema, idSchema } from './ids.ts';
import { limits } from './limits.ts';
import type { User } from './users.ts';

/** The secret part of an invitation's link: 160 random bits, base64url. It stands in the link's fragment only. */
export const invitationCodeSchema = z.string().regex(/^[\w-]{27}$/, 'This is not an invitation.');

/** A link that lets people into a private room. */
export interface Invitation {
  readonly id: string;
  readonly code: string;
  readonly createdBy: User;
  readonly createdAt: string;
  /** ISO 8601; null: never. */
  readonly expiresAt: string | null;
  /** How many people it lets in; null: any number. */
  readonly usesMax: number | null;
  readonly uses: number;
}

/** Those of a room that are neither revoked nor expired, latest first. */
export interface InvitationList {
  readonly invitations: readonly Invitation[];
}

export const createInvitationInput = z.strictObject({
  conversationId: idSchema,
  clientId: clientIdSchema,
  /** null: it never expires. */
  expiresInHours: z.int().min(1).max(limits.invitationHoursMax).nullable().default(168),
  /** null: any number. */
  usesMax: z.int().min(1).max(limits.invitationUsesMax).nullable().default(null),
});
export type CreateInvitationInput = z.infer<typeof createInvitationInput>;

export const revokeInvitationInput = z.strictObject({ conversationId: idSchema, invitationId: idSchema });
export type RevokeInvitationInput = z.infer<typeof revokeInvitationInput>;

export const invitationCodeInput = z.strictObject({ code: invitationCodeSchema });

/** What the holder of a valid link is told before joining. */
export interface InvitationPreview {
  readonly conversationId: string;
  readonly name: string;
  readonly topic: string;
  readonly memberCount: number;
  readonly invitedBy: User;
  /** Whether the reader is a member already. */
  readonly joined: boolean;
}
