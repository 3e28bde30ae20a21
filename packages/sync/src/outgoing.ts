import { reactionKey, type MessageEntry } from '@confab/contract';
import type { OutgoingMessage } from './views.ts';

type OutgoingBase = Omit<OutgoingMessage, 'text'>;

export interface OutgoingText extends OutgoingMessage {
  readonly kind: 'message';
}
interface OutgoingEdit extends OutgoingBase {
  readonly kind: 'edit';
  readonly messageId: string;
  readonly text: string;
}
interface OutgoingDeletion extends OutgoingBase {
  readonly kind: 'deletion';
  readonly messageId: string;
}
interface OutgoingReaction extends OutgoingBase {
  readonly kind: 'reaction';
  readonly messageId: string;
  readonly emoji: string;
  readonly on: boolean;
}
/** A change of a stored message. Refused, it is taken back: it is never in the state `failed`. */
export type OutgoingChange = OutgoingEdit | OutgoingDeletion | OutgoingReaction;
/** What the server has not confirmed yet. */
export type Outgoing = OutgoingText | OutgoingChange;

type Body<T> = T extends Outgoing ? Omit<T, keyof OutgoingBase> : never;
/** What is to be sent, before it has a client id. */
export type OutgoingBody = Body<Outgoing>;
export type OutgoingChangeBody = Body<OutgoingChange>;

export function isOutgoingChange(outgoing: Outgoing): outgoing is OutgoingChange {
  return outgoing.kind !== 'message';
}

/** True when `later` makes `earlier` pointless, if the server has not heard of `earlier`. */
export function replaces(later: OutgoingBody, earlier: Outgoing): boolean {
  if (later.kind === 'message' || earlier.kind === 'message') return false;
  if (later.messageId !== earlier.messageId) return false;
  if (later.kind === 'reaction') return earlier.kind === 'reaction' && earlier.emoji === later.emoji;
  return earlier.kind === 'edit' || (later.kind === 'deletion' && earlier.kind === 'reaction');
}

/**
 * A message as it will be once the server has our change. The change has no rev yet: until it has, what it makes
 * carries the message's own rev, which no real change can have.
 */
export function withOutgoing(message: MessageEntry, change: OutgoingChange, userId: string): MessageEntry {
  if (message.deletedRev !== undefined) return message;
  switch (change.kind) {
    case 'edit':
      return { ...message, text: change.text, textRev: message.textRev ?? message.rev };
    case 'deletion':
      return { ...message, text: '', reactions: {}, deletedRev: message.rev };
    case 'reaction': {
      const key = reactionKey(userId, change.emoji);
      const rev = message.reactions?.[key]?.rev ?? message.rev;
      return { ...message, reactions: { ...message.reactions, [key]: { rev, on: change.on } } };
    }
  }
}

/** True when the change makes a message different from what it is. */
export function isEffective(message: MessageEntry, change: OutgoingChangeBody, userId: string): boolean {
  if (message.deletedRev !== undefined) return change.kind !== 'deletion';
  switch (change.kind) {
    case 'edit':
      return change.text !== message.text;
    case 'deletion':
      return true;
    case 'reaction':
      return change.on !== (message.reactions?.[reactionKey(userId, change.emoji)]?.on ?? false);
  }
}
