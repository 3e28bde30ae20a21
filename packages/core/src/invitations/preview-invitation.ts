import { ConfabError, type InvitationPreview } from '@confab/contract';
import { toUser } from '../accounts/views.ts';
import type { Actor, Core } from '../core.ts';
import { findValid, invalidInvitation } from './find-valid.ts';

/** What the holder of a link is told before joining. @throws ConfabError NOT_FOUND (not valid), BANNED, RATE_LIMITED */
export async function previewInvitation(core: Core, actor: Actor, code: string): Promise<InvitationPreview> {
  await core.limits.invitations.consume(actor.userId);
  const { conversationId, createdBy } = await findValid(core, code, actor.userId);
  const [conversation, inviter, membership] = await Promise.all([
    core.db.conversations.findById(conversationId),
    core.db.users.findById(createdBy),
    core.db.memberships.find(actor.userId, conversationId),
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
