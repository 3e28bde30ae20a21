import type { Core } from '../core.ts';
import { recordChange } from './record-change.ts';

const sweptPerRound = 100;

/** One round of the janitor: changes of memberships that were made before this time and have no entry yet. Bounded. */
export async function sweepMembers(core: Core, before: Date): Promise<void> {
  const abandoned = await core.db.memberships.listUnrecorded({ before, limit: sweptPerRound });
  for (const membership of abandoned) {
    try {
      await recordChange(core, membership);
    } catch (error) {
      // One that fails must not keep the others from their turn.
      const { conversationId, userId } = membership;
      core.log.warn('member.sweepFailed', { conversationId, userId, error });
    }
  }
}
