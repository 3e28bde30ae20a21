import { publicSessionId } from '@confab/auth';
import { ConfabError } from '@confab/contract';
import type { Actor, Core } from '../core.ts';

/**
 * Ends one of the actor's own sessions; its open sockets close, on whichever process they are.
 * @throws ConfabError NOT_FOUND
 */
export async function endSession(core: Core, actor: Actor, publicId: string): Promise<void> {
  const sessions = await core.sessions.list(actor.userId);
  const session = sessions.find(({ id }) => publicSessionId(id) === publicId);
  if (!session) throw new ConfabError('NOT_FOUND');
  await core.sessions.revoke(session.id);
  await tellEnded(core, actor.userId, [session.id]);
}

/** Ends every session of the actor but the one that asks. Returns how many. */
export async function endOtherSessions(core: Core, actor: Actor): Promise<number> {
  const ended = await core.sessions.revokeAll(actor.userId, actor.sessionId);
  await tellEnded(core, actor.userId, ended);
  return ended.length;
}

/** They have ended already; this is for their open sockets. */
async function tellEnded(core: Core, userId: string, sessionIds: readonly string[]): Promise<void> {
  core.log.info('session.ended', { userId, sessions: sessionIds.length });
  await Promise.all(
    sessionIds.map((sessionId) => core.announce.toUser(userId, { type: 'session.revoked', sessionId })),
  );
}
