import { ConfabError, type PresenceSnapshot } from '@confab/contract';
import type { Core } from '../core.ts';

/** Who is online. While Redis is away this is unknown, and says so; a database is never asked instead. */
export async function readPresence(core: Core): Promise<PresenceSnapshot> {
  try {
    return { type: 'presence.snapshot', known: true, userIds: await core.pubsub.presence.online() };
  } catch (error) {
    if (!(error instanceof ConfabError && error.code === 'UNAVAILABLE')) throw error;
    return { type: 'presence.snapshot', known: false, userIds: [] };
  }
}
