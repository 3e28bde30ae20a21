import { ConfabError, type RevokeInvitationInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { requireModerator } from '../members/require-rank.ts';

/** From now on nobody comes in by it; those who did stay. For owners and moderators. @throws ConfabError NOT_FOUND, FORBIDDEN, RATE_LIMITED */
export async function revokeInvitation(
  core: Core,
  actor: Actor,
  { conversationId, invitationId }: RevokeInvitationInput,
): Promise<void> {
  await core.limits.changes.consume(actor.userId);
  requireModerator(await accessConversation(core, actor, conversationId));
  const revoked = await core.db.invitations.revoke({ conversationId, id: invitationId });
  if (!revoked) throw new ConfabError('NOT_FOUND', { field: 'invitationId' });
  core.log.info('invitation.revoked', { conversationId, userId: actor.userId, invitationId });
}
