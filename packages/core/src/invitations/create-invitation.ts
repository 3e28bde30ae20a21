import { randomBytes } from 'node:crypto';
import { ConfabError, type CreateInvitationInput, type Invitation, limits } from '@confab/contract';
import { DuplicateKeyError, type InvitationRecord } from '@confab/db';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { bodyHash, derivedId } from '../hash.ts';
import { requireModerator } from '../members/require-rank.ts';
import { viewInvitations } from './view-invitations.ts';

/**
 * Makes a link that lets people into a room, once per client id; owners and moderators may.
 * @throws ConfabError NOT_FOUND, FORBIDDEN (no moderator; no room; too many stand already), CLIENT_ID_REUSED, RATE_LIMITED
 */
export async function createInvitation(
  core: Core,
  actor: Actor,
  { conversationId, clientId, expiresInHours, usesMax }: CreateInvitationInput,
): Promise<Invitation> {
  await core.limits.invitations.consume(actor.userId);
  const [membership, conversation] = await Promise.all([
    accessConversation(core, actor, conversationId),
    core.db.conversations.findById(conversationId),
  ]);
  requireModerator(membership);
  if (conversation?.kind !== 'room') {
    throw new ConfabError('FORBIDDEN', { message: 'People are added to a group, not invited by a link.' });
  }
  const createdAt = core.now();
  const record = await insertOnce(core, {
    id: derivedId('invitation', actor.userId, conversationId, clientId),
    code: randomBytes(20).toString('base64url'),
    conversationId,
    createdBy: actor.userId,
    createdAt,
    bodyHash: bodyHash('invitation', expiresInHours, usesMax),
    expiresAt: expiresInHours === null ? null : new Date(createdAt.getTime() + expiresInHours * 3_600_000),
    usesMax,
    uses: 0,
    usedBy: [],
    revoked: false,
  });
  await requireStill(core, actor, record);
  const [view] = await viewInvitations(core, [record]);
  if (!view) throw new ConfabError('NOT_FOUND');
  return view;
}

/**
 * Whoever takes a moderator's role away changes the membership first and then ends their links. Either this finds the
 * membership changed, or what was just made was there to be ended. @throws ConfabError NOT_FOUND, FORBIDDEN
 */
async function requireStill(
  core: Core,
  actor: Actor,
  { id, conversationId }: InvitationRecord,
): Promise<void> {
  try {
    requireModerator(await accessConversation(core, actor, conversationId));
  } catch (error) {
    await core.db.invitations.revoke({ conversationId, id });
    throw error;
  }
}

/** What an earlier attempt made, with its code and its time, where there was one. */
async function insertOnce(core: Core, invitation: InvitationRecord): Promise<InvitationRecord> {
  const { id, conversationId, bodyHash: hash } = invitation;
  const existing = await core.db.invitations.findById(id);
  if (existing) return requireSame(existing, hash);
  const standing = { conversationId, now: core.now(), limit: limits.invitationsMax };
  if ((await core.db.invitations.listStanding(standing)).length >= limits.invitationsMax) {
    throw new ConfabError('FORBIDDEN', {
      message: `A room has at most ${String(limits.invitationsMax)} invitations. Revoke one first.`,
    });
  }
  try {
    const { uses: _uses, usedBy: _usedBy, revoked: _revoked, ...fresh } = invitation;
    await core.db.invitations.insert(fresh);
    core.log.info('invitation.created', { conversationId, userId: invitation.createdBy, invitationId: id });
    return invitation;
  } catch (error) {
    const stored = error instanceof DuplicateKeyError ? await core.db.invitations.findById(id) : null;
    if (!stored) throw error;
    return requireSame(stored, hash);
  }
}

function requireSame(stored: InvitationRecord, hash: string): InvitationRecord {
  if (stored.bodyHash !== hash) throw new ConfabError('CLIENT_ID_REUSED');
  return stored;
}
