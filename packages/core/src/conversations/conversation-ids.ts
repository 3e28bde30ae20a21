import { derivedId } from '../hash.ts';

/** A pair has one direct conversation, whoever opens it first and from however many devices at once. */
export function directConversationId(userId: string, otherId: string): string {
  return derivedId('direct', ...[userId, otherId].sort());
}

/** A retried creation finds what the first attempt made. */
export function createdConversationId(creatorId: string, clientId: string): string {
  return derivedId('created', creatorId, clientId);
}
