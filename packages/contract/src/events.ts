import { z } from 'zod';
import { preferencesSchema } from './conversations.ts';
import { entrySchema } from './entries.ts';
import { idSchema } from './ids.ts';
import { watermarkSchema } from './messages.ts';

/** The wire version of everything below: raised when an old client could misread it. */
export const eventsVersion = 1;

/** Entries were appended, contiguous by rev, in order. */
export const entriesAppendedSchema = z.strictObject({
  type: z.literal('entries.appended'),
  epoch: z.string(),
  conversationId: idSchema,
  entries: z.array(entrySchema).min(1),
});

export type EntriesAppended = z.infer<typeof entriesAppendedSchema>;

/** A member holds or has read more. A hint: the state is fetched again on every connect. */
export const watermarkRaisedSchema = z.strictObject({
  type: z.literal('watermark.raised'),
  epoch: z.string(),
  conversationId: idSchema,
  watermark: watermarkSchema,
});
export type WatermarkRaised = z.infer<typeof watermarkRaisedSchema>;

/** What travels on a conversation's channel. Watermarks do in direct conversations and groups only. */
export const conversationEventSchema = z.discriminatedUnion('type', [
  entriesAppendedSchema,
  watermarkRaisedSchema,
]);
export type ConversationEvent = z.infer<typeof conversationEventSchema>;

/** Somebody is writing. A hint, allowed to be lost; over after `typingShownMs` without another one. */
export const typingNotedSchema = z.strictObject({
  type: z.literal('typing.noted'),
  conversationId: idSchema,
  userId: idSchema,
});
export type TypingEvent = z.infer<typeof typingNotedSchema>;

/** Whose typing is told or listened to. */
export const typingInput = z.strictObject({ conversationId: idSchema });

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

/** The reader changed how they want a conversation in their list, on this device or another. */
const preferencesChangedSchema = z.strictObject({
  type: z.literal('preferences.changed'),
  conversationId: idSchema,
  preferences: preferencesSchema,
});
export type PreferencesChanged = z.infer<typeof preferencesChangedSchema>;

/** The reader blocked or unblocked somebody, on this device or another. */
const blockChangedSchema = z.strictObject({
  type: z.literal('block.changed'),
  userId: idSchema,
  blocked: z.boolean(),
});

/** A session ended: its sockets close. Never reaches a client. */
const sessionRevokedSchema = z.strictObject({ type: z.literal('session.revoked'), sessionId: z.string() });

/** What travels on a user's own channel. */
export const userEventSchema = z.discriminatedUnion('type', [
  conversationJoinedSchema,
  conversationLeftSchema,
  sessionRevokedSchema,
  /** One's own, in a room: the other devices' badges follow. */
  watermarkRaisedSchema,
  preferencesChangedSchema,
  blockChangedSchema,
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

/**
 * The log holds entries up to about this rev, and this process did not see them pass: pull if yours is behind. How
 * messages arrive when Redis lost their announcement, or is away.
 */
export interface ConversationAdvanced {
  readonly type: 'conversation.advanced';
  readonly epoch: string;
  readonly conversationId: string;
  readonly headRev: number;
}

/** One frame of the durable subscription, `live.events`. */
export type LiveEvent =
  | LiveReady
  | LiveResync
  | ConversationEvent
  | ConversationAdvanced
  | Exclude<UserEvent, { type: 'session.revoked' }>;

/** Everybody who is online. `known: false` while Redis is away: presence is then unknown, not offline. */
export interface PresenceSnapshot {
  readonly type: 'presence.snapshot';
  readonly known: boolean;
  readonly userIds: readonly string[];
}

/** One frame of the hints subscription, `live.hints`. */
export type HintEvent = PresenceSnapshot | PresenceEvent;
