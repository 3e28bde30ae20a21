import { type InvitationList, limits } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { requireModerator } from '../members/require-rank.ts';
import { viewInvitations } from './view-invitations.ts';

/** Those that are neither revoked nor expired, latest first; for owners and moderators. @throws ConfabError NOT_FOUND, FORBIDDEN */
export async function listInvitations(
  core: Core,
  actor: Actor,
  conversationId: string,
): Promise<InvitationList> {
  requireModerator(await accessConversation(core, actor, conversationId));
  const query = { conversationId, now: core.now(), limit: limits.invitationsMax };
  return { invitations: await viewInvitations(core, await core.db.invitations.listStanding(query)) };
}
