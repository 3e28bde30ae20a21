import { ConfabError, type PresenceSnapshot } from '@confab/contract';
import type { Core } from '../core.ts';

/** Who is online. While Redis is away this is unknown, and says so; a database is never asked instead. */
export async function readPresence(core: Core): Promise<PresenceSnapshot> {
  const unknown = { type: 'presence.snapshot' as const, known: false, userIds: [] };
  if (!core.presenceTrust.known) return unknown;
  try {
    return { type: 'presence.snapshot', known: true, userIds: await core.pubsub.presence.online() };
  } catch (error) {
    if (!(error instanceof ConfabError && error.code === 'UNAVAILABLE')) throw error;
    // Whoever was told that it is unknown is told again when Redis answers.
    core.presenceTrust.doubt('answers');
    core.presenceTrust.settle('answers');
    return unknown;
  }
}
