import { limits } from '@confab/contract';
import type { Lease, OfflineUser } from '@confab/pubsub';
import type { Core } from '../core.ts';

const tickEveryMs = 2_000;
/** Every 8 s. */
const ticksPerRenewal = 4;

/** Keeps the leases of this process's connections alive, and helps to end those of processes that died. */
export interface PresenceKeeper {
  /**
   * A connection of a user opened. False: they have too many, over all processes, and this one is not to stay. Never
   * rejects: with Redis away a later renewal makes up for it, and nobody is found to have too many.
   */
  connected(lease: Lease): Promise<boolean>;
  disconnected(lease: Lease): Promise<void>;
  /** What is due every 2 s: looks whether the leases are there, renews them, ends those that nobody renewed. */
  tick(): Promise<void>;
  /** Lets go of every lease at once, so that the others see it before this process ends. */
  close(): Promise<void>;
}

export function createPresenceKeeper(core: Core): PresenceKeeper {
  const leases = new Map<string, Lease>();
  const { presence } = core.pubsub;
  /** One that Redis has taken; when it is gone there, all are. */
  let sample: Lease | null = null;
  let ticks = 0;
  let renewalDue = false;

  const noteOffline = async (users: readonly OfflineUser[]) => {
    await Promise.all(
      users.map(({ userId, lastSeenAt }) => core.db.users.setLastSeen(userId, new Date(lastSeenAt))),
    ).catch((error: unknown) => {
      core.log.warn('presence.lastSeenFailed', { error });
    });
  };
  /** Presence may be lost and is corrected by a later round, so a failure is told and goes no further. */
  const attempt = async (what: string, action: () => Promise<void>) => {
    try {
      await action();
    } catch (error) {
      core.log.warn('presence.failed', { what, error });
      renewalDue = true;
      core.presenceTrust.doubt('leases');
    }
  };
  const renew = async () => {
    const held = [...leases.values()];
    await presence.renew(held);
    renewalDue = false;
    sample = held.find(({ connectionId }) => leases.has(connectionId)) ?? null;
  };
  const tick = () =>
    attempt('tick', async () => {
      if (sample && !(await presence.holds(sample)) && leases.has(sample.connectionId)) {
        core.log.warn('presence.leasesLost', { leases: leases.size });
        core.presenceTrust.doubt('leases');
        renewalDue = true;
      }
      ticks += 1;
      // Before the sweep: a process that was frozen must not end its own leases.
      if (renewalDue || ticks % ticksPerRenewal === 0) await renew();
      await noteOffline(await presence.sweep());
      core.presenceTrust.settle('leases');
    });
  const release = (lease: Lease) =>
    attempt('release', async () => {
      const offline = await presence.release(lease);
      if (offline) await noteOffline([offline]);
    });
  const timer = setInterval(() => void tick(), tickEveryMs);

  return {
    tick,
    async connected(lease) {
      leases.set(lease.connectionId, lease);
      let isHeld = true;
      await attempt('acquire', async () => {
        isHeld = await presence.acquire(lease, limits.connectionsPerUserMax);
        if (!isHeld) leases.delete(lease.connectionId);
        else if (leases.has(lease.connectionId)) sample ??= lease;
      });
      return isHeld;
    },
    async disconnected(lease) {
      leases.delete(lease.connectionId);
      if (sample?.connectionId === lease.connectionId) sample = null;
      await release(lease);
    },
    async close() {
      clearInterval(timer);
      const held = [...leases.values()];
      leases.clear();
      sample = null;
      await Promise.all(held.map(release));
    },
  };
}
