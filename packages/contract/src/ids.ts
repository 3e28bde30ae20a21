import { z } from 'zod';

/** Identifies a user, a conversation or an entry: 24 lower-case hex digits (12 bytes). */
export const idSchema = z.string().regex(/^[0-9a-f]{24}$/, 'This is not an id.');
export type Id = z.infer<typeof idSchema>;

/**
 * Made by the device before its first attempt and kept through every retry: 128 random bits as 32 lower-case
 * hex digits. One client id is one message, however often it is sent.
 */
export const clientIdSchema = z.string().regex(/^[0-9a-f]{32}$/, 'This is not a client id.');
export type ClientId = z.infer<typeof clientIdSchema>;

/** Position of an entry in its conversation's log: 1, 2, 3, … without holes. */
export const revSchema = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** The rev up to which a device holds a conversation; 0 holds nothing. */
export const cursorSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
