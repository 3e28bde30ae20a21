import { presenceShardOf, presenceShards, type Keys } from './keys.ts';
import { acquireScript, releaseScript, renewScript, sweepScript } from './presence-scripts.ts';
import type { Lease, OfflineUser, Presence } from './presence.ts';
import type { RedisConnection } from './redis-connection.ts';

/** So many in one script: Redis does nothing else meanwhile. */
const perScript = 500;

interface LeasePresenceOptions {
  readonly connection: RedisConnection;
  readonly keys: Keys;
  readonly leaseMs: number;
}

/** Presence by leases in Redis. */
export function createLeasePresence({ connection, keys, leaseMs }: LeasePresenceOptions): Presence {
  async function renew(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return;
    // All are written to the connection before the first answer is awaited: one round trip.
    await connection.run((redis) =>
      Promise.all(
        scriptBatches(leases).map(({ shard, leases: batch }) =>
          redis.eval(
            renewScript,
            batch.length + 1,
            keys.onlineUsers(shard),
            ...batch.map(({ userId }) => keys.leases(shard, userId)),
            leaseMs,
            keys.presenceChannel(shard),
            ...batch.flatMap(({ userId, connectionId }) => [userId, connectionId]),
          ),
        ),
      ),
    );
  }

  return {
    acquire: async ({ userId, connectionId }, leasesMax) => {
      const shard = presenceShardOf(userId);
      const held = await connection.run((redis) =>
        redis.eval(
          acquireScript,
          2,
          keys.onlineUsers(shard),
          keys.leases(shard, userId),
          leaseMs,
          keys.presenceChannel(shard),
          userId,
          connectionId,
          // Lua knows infinity by another name.
          Math.min(leasesMax, Number.MAX_SAFE_INTEGER),
        ),
      );
      return held === 1;
    },
    renew,
    holds: async ({ userId, connectionId }) => {
      const key = keys.leases(presenceShardOf(userId), userId);
      return (await connection.run((redis) => redis.zscore(key, connectionId))) !== null;
    },
    release: async ({ userId, connectionId }) => {
      const shard = presenceShardOf(userId);
      const at = await connection.run((redis) =>
        redis.eval(
          releaseScript,
          2,
          keys.onlineUsers(shard),
          keys.leases(shard, userId),
          keys.presenceChannel(shard),
          userId,
          connectionId,
        ),
      );
      return typeof at === 'number' ? offlineUser(userId, at) : null;
    },
    online: async () => {
      const shards = await connection.run((redis) =>
        Promise.all(allShards.map((shard) => redis.zrange(keys.onlineUsers(shard), '0', '-1'))),
      );
      return shards.flat();
    },
    sweep: async () => {
      const swept = await connection.run((redis) =>
        Promise.all(
          allShards.map((shard) =>
            redis.eval(sweepScript, 1, keys.onlineUsers(shard), keys.presenceChannel(shard), perScript),
          ),
        ),
      );
      return swept.flatMap((reply) => {
        const [at, userIds] = reply as [number, string[]];
        return userIds.map((userId) => offlineUser(userId, at));
      });
    },
  };
}

const allShards = Array.from({ length: presenceShards }, (_, shard) => shard);

function scriptBatches(leases: readonly Lease[]): { shard: number; leases: Lease[] }[] {
  const open = new Map<number, Lease[]>();
  const batches: { shard: number; leases: Lease[] }[] = [];
  for (const lease of leases) {
    const shard = presenceShardOf(lease.userId);
    let batch = open.get(shard);
    if (batch === undefined || batch.length === perScript) {
      batch = [];
      open.set(shard, batch);
      batches.push({ shard, leases: batch });
    }
    batch.push(lease);
  }
  return batches;
}

function offlineUser(userId: string, at: number): OfflineUser {
  return { userId, lastSeenAt: new Date(at).toISOString() };
}
