import { type EntryRecord, placeEntries } from '@confab/db';
import type { Core } from '../core.ts';
import { bodyHash, derivedClientId } from '../hash.ts';

/** Nobody's id: voids are appended by no user. */
const nobody = '0'.repeat(24);

interface Stretch {
  readonly conversationId: string;
  /** Where the stretch must begin. */
  readonly firstRev: number;
  /** Oldest first. */
  readonly stored: readonly EntryRecord[];
}

/**
 * A stretch of the log without holes. A rev that is missing below a present one (only a
 * failover of the database leaves such a hole) is first filled by a void: the unique index decides between the void
 * and an entry that arrives late, so that no device can skip what another one sees.
 */
export async function withoutHoles(core: Core, stretch: Stretch): Promise<readonly EntryRecord[]> {
  const { conversationId, firstRev, stored } = stretch;
  const last = stored.at(-1);
  if (!last || last.rev === firstRev + stored.length - 1) return stored;

  const present = new Set(stored.map(({ rev }) => rev));
  for (let rev = firstRev; rev < last.rev; rev++) {
    if (!present.has(rev)) await insertVoid(core, conversationId, rev);
  }
  const limit = last.rev - firstRev + 1;
  return core.db.timeline.listAllAbove({ conversationId, after: firstRev - 1, limit });
}

async function insertVoid(core: Core, conversationId: string, rev: number): Promise<void> {
  const draft = {
    kind: 'void' as const,
    senderId: nobody,
    clientId: derivedClientId('void', conversationId, rev),
    bodyHash: bodyHash('void'),
    createdAt: core.now(),
  };
  core.log.warn('timeline.holeFilled', { conversationId, rev });
  await core.db.timeline.insertBatch(placeEntries(conversationId, rev, [draft]));
}
