import { ConfabError, type InvitationPreview } from '@confab/contract';
import { toUser } from '../accounts/views.ts';
import { addressKey } from '../address-key.ts';
import type { Actor, Core } from '../core.ts';
import { findValid, invalidInvitation } from './find-valid.ts';

export interface LinkHolder {
  /** Null: not signed in. */
  readonly actor: Actor | null;
  readonly address: string;
}

/**
 * What the holder of a link is told before joining, and before signing in: a code cannot be guessed, so whoever holds one
 * was given it. @throws ConfabError NOT_FOUND (not valid), BANNED, RATE_LIMITED
 */
export async function previewInvitation(
  core: Core,
  { actor, address }: LinkHolder,
  code: string,
): Promise<InvitationPreview> {
  const userId = actor?.userId ?? null;
  await core.limits.invitations.consume(userId ?? addressKey(address));
  const { conversationId, createdBy } = await findValid(core, code, userId);
  const [conversation, inviter, membership] = await Promise.all([
    core.db.conversations.findById(conversationId),
    core.db.users.findById(createdBy),
    userId === null ? null : core.db.memberships.find(userId, conversationId),
  ]);
  if (!conversation || !inviter) throw invalidInvitation();
  // As at the door: what a room is called now is not for whoever was put out of it.
  if (membership?.status === 'banned') throw new ConfabError('BANNED');
  return {
    conversationId,
    name: conversation.name ?? '',
    topic: conversation.topic,
    memberCount: conversation.memberCount,
    invitedBy: toUser(inviter),
    joined: membership?.status === 'active',
  };
}
