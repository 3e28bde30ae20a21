import { publicSessionId } from '@confab/auth';
import type { SessionView } from '@confab/contract';
import type { Actor, Core } from '../core.ts';

/** Where the actor is signed in, latest use first. */
export async function listSessions(core: Core, actor: Actor): Promise<SessionView[]> {
  const sessions = await core.sessions.list(actor.userId);
  return sessions.map(({ id, userAgent, ip, createdAt, lastUsedAt }) => ({
    id: publicSessionId(id),
    current: id === actor.sessionId,
    userAgent: userAgent ?? '',
    address: ip ?? '',
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
  }));
}
