import { ConfabError } from '@confab/contract';
import type { PendingRecord } from '@confab/db';
import type { Core } from '../core.ts';
import { applyChange } from './apply-change.ts';

/** Younger than this, a pending change is still in the hands of the process that stored it. */
export const abandonedAfterMs = 10_000;
const sweptPerRound = 100;

/** This process's part in applying changes: its own at once, and those that a dead process left. */
export interface ChangeApplier {
  /** Resolves once the message or conversation shows the change. @throws ConfabError UNAVAILABLE (it will later: retry) */
  apply(change: PendingRecord): Promise<void>;
  applyLater(change: PendingRecord): void;
  /** Takes over what a reader met pending, where it is old enough to be abandoned. Does not wait. */
  meet(pending: readonly PendingRecord[]): void;
  /** One round of the janitor: what was stored before this time and is pending still. Bounded. */
  sweep(before?: Date): Promise<void>;
}

type Deps = Pick<Core, 'db' | 'log' | 'now' | 'background'>;

export function createChangeApplier(deps: Deps): ChangeApplier {
  const { db, log, background } = deps;
  const underWay = new Set<string>();
  const abandonedBefore = () => new Date(deps.now().getTime() - abandonedAfterMs);

  async function finish(change: PendingRecord): Promise<void> {
    const outcome = await applyChange(deps, change);
    await db.timeline.clearPending(change, outcome);
  }

  function applyLater(change: PendingRecord): void {
    if (!change.pending || underWay.has(change.id)) return;
    underWay.add(change.id);
    background.run('apply change', async () => {
      try {
        await finish(change);
      } finally {
        underWay.delete(change.id);
      }
    });
  }

  return {
    applyLater,
    async apply(change) {
      if (!change.pending) return;
      const outcome = await applyChange(deps, change).catch((cause: unknown) => {
        // It is stored, and will be applied; only when is unknown.
        throw new ConfabError('UNAVAILABLE', { cause });
      });
      background.run('clear change', () => db.timeline.clearPending(change, outcome));
    },
    meet(pending) {
      if (pending.length === 0) return;
      const before = abandonedBefore();
      for (const change of pending) if (change.createdAt < before) applyLater(change);
    },
    async sweep(before = abandonedBefore()) {
      const abandoned = await db.timeline.listAbandoned({ before, limit: sweptPerRound });
      for (const change of abandoned) {
        try {
          // Whoever died may have died before the hints, too.
          await db.conversations.raiseHints(change.conversationId, { headRev: change.rev });
          await finish(change);
        } catch (error) {
          // One that fails must not keep the others from their turn.
          log.warn('change.sweepFailed', { conversationId: change.conversationId, rev: change.rev, error });
        }
      }
    },
  };
}
