import type { Lease, OfflineUser } from '@confab/pubsub';
import type { Core } from '../core.ts';

const renewEveryMs = 8_000;
const sweepEveryMs = 2_000;

/** Keeps the leases of this process's connections alive, and helps to end those of processes that died. */
export interface PresenceKeeper {
  /** A connection of a user opened. Never rejects: with Redis away the next renewal makes up for it. */
  connected(lease: Lease): Promise<void>;
  disconnected(lease: Lease): Promise<void>;
  /** Lets go of every lease at once, so that the others see it before this process ends. */
  close(): Promise<void>;
}

export function createPresenceKeeper(core: Core): PresenceKeeper {
  const leases = new Map<string, Lease>();
  const { presence } = core.pubsub;

  const noteOffline = async (users: readonly OfflineUser[]) => {
    await Promise.all(
      users.map(({ userId, lastSeenAt }) => core.db.users.setLastSeen(userId, new Date(lastSeenAt))),
    );
  };
  /** Presence may be lost and is corrected by the next round, so a failure is told and goes no further. */
  const attempt = async (what: string, action: () => Promise<void>) => {
    try {
      await action();
    } catch (error) {
      core.log.warn('presence.failed', { what, error });
    }
  };
  const release = (lease: Lease) =>
    attempt('release', async () => {
      const offline = await presence.release(lease);
      if (offline) await noteOffline([offline]);
    });
  const renewals = setInterval(() => {
    void attempt('renew', () => presence.renew([...leases.values()]));
  }, renewEveryMs);
  const sweeps = setInterval(() => {
    void attempt('sweep', async () => noteOffline(await presence.sweep()));
  }, sweepEveryMs);

  return {
    async connected(lease) {
      leases.set(lease.connectionId, lease);
      await attempt('acquire', () => presence.acquire(lease));
    },
    async disconnected(lease) {
      leases.delete(lease.connectionId);
      await release(lease);
    },
    async close() {
      clearInterval(renewals);
      clearInterval(sweeps);
      const held = [...leases.values()];
      leases.clear();
      await Promise.all(held.map(release));
    },
  };
}
