import type { Core } from '../core.ts';

/**
 * Remembers that somebody ends these sessions: a device that asks afterwards erases what it keeps, as it does not for a
 * session that expired. Comes before the end itself, so that no process that dies in between makes one look like the other.
 */
export async function noteRevoked(core: Core, userId: string, sessionIds: readonly string[]): Promise<void> {
  await core.db.revokedSessions.add(sessionIds, { userId, revokedAt: core.now() });
}
