import { publicSessionId } from '@confab/auth';
import { ConfabError } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { noteRevoked } from './note-revoked.ts';

/**
 * Ends one of the actor's own sessions; its open sockets close, on whichever process they are.
 * @throws ConfabError NOT_FOUND, RATE_LIMITED
 */
export async function endSession(core: Core, actor: Actor, publicId: string): Promise<void> {
  await takeTurn(core, actor);
  const sessions = await core.sessions.list(actor.userId);
  const session = sessions.find(({ id }) => publicSessionId(id) === publicId);
  if (!session) throw new ConfabError('NOT_FOUND');
  await noteRevoked(core, actor.userId, [session.id]);
  await core.sessions.revoke(session.id);
  await tellEnded(core, actor.userId, [session.id]);
}

/** Ends every session of the actor but the one that asks. Returns how many. @throws ConfabError RATE_LIMITED */
export async function endOtherSessions(core: Core, actor: Actor): Promise<number> {
  await takeTurn(core, actor);
  return endAllButOwn(core, actor);
}

/** The same, whatever was asked for before: a changed password leaves no other session. */
export async function endAllButOwn(core: Core, actor: Actor): Promise<number> {
  const sessions = await core.sessions.list(actor.userId);
  const others = sessions.map(({ id }) => id).filter((id) => id !== actor.sessionId);
  await noteRevoked(core, actor.userId, others);
  const ended = await core.sessions.revokeAll(actor.userId, actor.sessionId);
  const begunMeanwhile = ended.filter((id) => !others.includes(id));
  await noteRevoked(core, actor.userId, begunMeanwhile);
  await tellEnded(core, actor.userId, ended);
  return ended.length;
}

/** Each session has a budget of its own: a stolen one must not keep its owner from ending it. */
async function takeTurn(core: Core, { sessionId }: Actor): Promise<void> {
  await core.limits.settings.consume(`session ${sessionId}`);
}

/** They have ended already; this is for their open sockets. */
export async function tellEnded(core: Core, userId: string, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  core.log.info('session.ended', { userId, sessions: sessionIds.length });
  await Promise.all(
    sessionIds.map((sessionId) => core.announce.toUser(userId, { type: 'session.revoked', sessionId })),
  );
}
