import type { Actor, Core } from '../core.ts';
import { noteRevoked } from './note-revoked.ts';

/** Ends this session; its open sockets close, on whichever process they are. */
export async function signOut(core: Core, actor: Actor): Promise<void> {
  await noteRevoked(core, actor.userId, [actor.sessionId]);
  await core.sessions.revoke(actor.sessionId);
  core.log.info('user.signedOut', { userId: actor.userId });
  await core.announce.toUser(actor.userId, { type: 'session.revoked', sessionId: actor.sessionId });
}
