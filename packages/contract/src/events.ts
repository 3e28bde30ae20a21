import { z } from 'zod';
import { entrySchema } from './entries.ts';
import { idSchema } from './ids.ts';

/** The wire version of everything below: raised when an old client could misread it. */
export const eventsVersion = 1;

/** What travels on a conversation's channel: entries were appended, contiguous by rev, in order. */
export const conversationEventSchema = z.strictObject({
  type: z.literal('entries.appended'),
  epoch: z.string(),
  conversationId: idSchema,
  entries: z.array(entrySchema).min(1),
});

export type ConversationEvent = z.infer<typeof conversationEventSchema>;

/** The reader came into a conversation: it is fetched and its events follow. */
const conversationJoinedSchema = z.strictObject({
  type: z.literal('conversation.joined'),
  conversationId: idSchema,
});

/** The reader is no longer in it: it is dropped from the device. */
const conversationLeftSchema = z.strictObject({
  type: z.literal('conversation.left'),
  conversationId: idSchema,
});

/** A session ended: its sockets close. Never reaches a client. */
const sessionRevokedSchema = z.strictObject({ type: z.literal('session.revoked'), sessionId: z.string() });

/** What travels on a user's own channel. */
export const userEventSchema = z.discriminatedUnion('type', [
  conversationJoinedSchema,
  conversationLeftSchema,
  sessionRevokedSchema,
]);
export type UserEvent = z.infer<typeof userEventSchema>;

/** A user came online or went offline. A hint, allowed to be lost; the snapshot on connect corrects it. */
export const presenceChangedSchema = z.strictObject({
  type: z.literal('presence.changed'),
  userId: idSchema,
  online: z.boolean(),
  /** When they were last seen, for `online: false`. */
  lastSeenAt: z.iso.datetime().nullable(),
});
export type PresenceEvent = z.infer<typeof presenceChangedSchema>;

/** Subscriptions are in place from here on: whoever compares heads after this misses nothing. */
export interface LiveReady {
  readonly type: 'live.ready';
  readonly epoch: string;
}

/** This process lost events and cannot say which: compare heads again. */
export interface LiveResync {
  readonly type: 'live.resync';
}

/** One frame of the durable subscription, `live.events`. */
export type LiveEvent =
  LiveReady | LiveResync | ConversationEvent | Exclude<UserEvent, { type: 'session.revoked' }>;

/** Everybody who is online. `known: false` while Redis is away: presence is then unknown, not offline. */
export interface PresenceSnapshot {
  readonly type: 'presence.snapshot';
  readonly known: boolean;
  readonly userIds: readonly string[];
}

/** One frame of the hints subscription, `live.hints`. */
export type HintEvent = PresenceSnapshot | PresenceEvent;
