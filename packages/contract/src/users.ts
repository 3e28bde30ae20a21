import { z } from 'zod';
import { idSchema } from './ids.ts';
import { limits } from './limits.ts';
import { userNameSchema } from './names.ts';
import { pageCursorSchema } from './paging.ts';
import { searchPrefixSchema } from './text.ts';

/** A user as everybody sees them. */
export const userSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  /** When the last of their devices went offline; null when never seen. ISO 8601. */
  lastSeenAt: z.iso.datetime().nullable(),
});
export type User = z.infer<typeof userSchema>;

export const addableByChoices = ['everyone', 'contacts'] as const;
const addableBySchema = z.enum(addableByChoices);
export type AddableBy = z.infer<typeof addableBySchema>;

/** A user as they see themselves. */
export const accountSchema = userSchema.extend({
  email: z.string(),
  role: z.enum(['user', 'admin']),
  createdAt: z.iso.datetime(),
  /** Who may bring them into a group or room: everybody, or those to whom they have written. */
  addableBy: addableBySchema,
});
export type Account = z.infer<typeof accountSchema>;

/** What one may change about oneself. */
export const updateAccountInput = z.strictObject({ addableBy: addableBySchema });
export type UpdateAccountInput = z.infer<typeof updateAccountInput>;

/** Of a new password. Whether it is a common one is known to the server alone. */
const passwordSchema = z
  .string()
  .max(limits.passwordLengthMax, `At most ${String(limits.passwordLengthMax)} characters.`)
  // Of letters as people count them, so that a few emoji are not ten characters.
  .refine(
    (password) => Array.from(password).length >= limits.passwordLengthMin,
    `At least ${String(limits.passwordLengthMin)} characters.`,
  )
  .meta({ minLength: limits.passwordLengthMin, maxLength: limits.passwordLengthMax })
  .refine((password) => !/[\p{Surrogate}\0]/u.test(password), 'The password holds half a character.');

const emailSchema = z
  .string()
  .max(limits.emailLengthMax, 'This email address is too long.')
  .meta({ minLength: 6, pattern: z.regexes.email.source })
  .transform((email) => email.trim().toLowerCase())
  .pipe(z.email('This is not an email address.'));

export const registerInput = z.strictObject({
  name: userNameSchema,
  email: emailSchema,
  password: passwordSchema,
});
export type RegisterInput = z.infer<typeof registerInput>;

/** `login` is a name or an email address: an `@` tells them apart. Lengths only, so that nothing is learned. */
export const signInInput = z.strictObject({
  login: z.string().min(1, 'Your name or email.').max(limits.emailLengthMax),
  password: z.string().min(1, 'Your password.').max(limits.passwordTypedLengthMax),
});
export type SignInInput = z.infer<typeof signInInput>;

export const changePasswordInput = z.strictObject({
  current: z.string().min(1, 'Your password.').max(limits.passwordTypedLengthMax),
  next: passwordSchema,
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

/** The public name of a session: not its token, nor the hash that the token is found by. */
export const endSessionInput = z.strictObject({
  sessionId: z.string().regex(/^[0-9a-f]{32}$/, 'This is not a session.'),
});

/** One of the reader's own sessions: a browser or program that is signed in. */
export interface SessionView {
  readonly id: string;
  /** The one that asks. */
  readonly current: boolean;
  readonly userAgent: string;
  readonly address: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
}

export const nameAvailableInput = z.strictObject({ name: userNameSchema });

export const searchUsersInput = z.strictObject({
  /** Start of a name, in any case, with or without accents. Empty lists everybody. */
  prefix: searchPrefixSchema(limits.nameLengthMax),
  cursor: pageCursorSchema.optional(),
  limit: z.int().min(1).max(limits.listRowsMax).default(50),
});
export type SearchUsersInput = z.infer<typeof searchUsersInput>;

export const usersByIdsInput = z.strictObject({
  ids: z.array(idSchema).min(1).max(limits.idsPerRequestMax),
});

/** One page of people, by name. `nextCursor` is null at the end. */
export interface UserPage {
  readonly users: readonly User[];
  readonly nextCursor: string | null;
}

export const userInput = z.strictObject({ userId: idSchema });

/** The people whom the reader blocked, latest first. */
export const listBlockedInput = z.strictObject({
  cursor: pageCursorSchema.optional(),
  limit: z.int().min(1).max(limits.listRowsMax).default(50),
});

/** A person's card. */
export interface Profile {
  readonly user: User;
  readonly createdAt: string;
  /** Whether the reader blocked them. */
  readonly blocked: boolean;
  /** Groups and rooms that both are in, latest activity first; the first ones only. */
  readonly shared: readonly {
    readonly id: string;
    readonly kind: 'group' | 'room';
    readonly name: string;
  }[];
}
