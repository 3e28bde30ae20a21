import {
  conversationEventSchema,
  eventsVersion,
  presenceChangedSchema,
  typingNotedSchema,
  userEventSchema,
  type ConversationEvent,
  type PresenceEvent,
  type TypingEvent,
  type UserEvent,
} from '@confab/contract';
import type { ParseMessage } from './channels.ts';

/** Stands before the JSON, so that a foreign version is told without parsing and the rest can be sent on as it is. */
export const versionPrefix = `${String(eventsVersion)}:`;

/** The one serialisation of an event. */
export function writeEvent(event: ConversationEvent | UserEvent | TypingEvent): string {
  return versionPrefix + JSON.stringify(event);
}

export const readConversationEvent: ParseMessage<ConversationEvent> = (message) => {
  const raw = rawOf(message);
  return { event: accept(conversationEventSchema, json(raw)), raw };
};

export const readUserEvent: ParseMessage<UserEvent> = (message) => {
  const raw = rawOf(message);
  return { event: accept(userEventSchema, json(raw)), raw };
};

export const readTypingEvent: ParseMessage<TypingEvent> = (message) => {
  const raw = rawOf(message);
  return { event: accept(typingNotedSchema, json(raw)), raw };
};

/** What a script publishes: Lua has no ISO dates, so it says `at` in milliseconds. */
export const readPresenceEvent: ParseMessage<PresenceEvent> = (message) => {
  const change = json(rawOf(message));
  if (typeof change !== 'object' || change === null) throw new Error('malformed: no object');
  const { userId, online, at } = change as { userId?: unknown; online?: unknown; at?: unknown };
  const lastSeenAt = online === false ? isoOf(at) : null;
  const event = accept(presenceChangedSchema, { type: 'presence.changed', userId, online, lastSeenAt });
  return { event, raw: JSON.stringify(event) };
};

function rawOf(message: string): string {
  if (!message.startsWith(versionPrefix)) throw new Error('another version of events');
  return message.slice(versionPrefix.length);
}

/** Without the parser's own message, which quotes what people wrote. */
function json(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new Error('malformed: no JSON');
  }
}

interface Schema<Event> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: Event }
    | { success: false; error: { issues: readonly { code?: string; path: readonly PropertyKey[] }[] } };
}

function accept<Event>(schema: Schema<Event>, value: unknown): Event {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ code, path }) => `${path.map(String).join('.')} ${code ?? ''}`);
  throw new Error(`malformed: ${issues.slice(0, 3).join(', ')}`);
}

function isoOf(at: unknown): string | null {
  return typeof at === 'number' && Number.isSafeInteger(at) ? new Date(at).toISOString() : null;
}
