import { crc32 } from 'node:zlib';

/** Fixed for ever, for all processes of an installation: who counts differently looks in the wrong place. */
export const presenceShards = 16;

/** Which shard a user's presence lives in. */
export function presenceShardOf(userId: string): number {
  return crc32(userId) % presenceShards;
}

/**
 * Every key and every channel that Confab uses in Redis. All begin with the namespace, so that installations (and
 * tests) can share one Redis.
 *
 * For Redis Cluster: a script touches one limit or turn, or several keys of one presence shard, which the hash tag in
 * braces keeps in one slot; nothing spans tags. The channels become sharded ones (SPUBLISH) by their name alone.
 */
export function createKeys(namespace: string) {
  return {
    conversationChannel: (conversationId: string) => `${namespace}:conversation:${conversationId}`,
    userChannel: (userId: string) => `${namespace}:user:${userId}`,
    typingChannel: (conversationId: string) => `${namespace}:typing:${conversationId}`,
    presenceChannel: (shard: number) => `${namespace}:{presence:${String(shard)}}:changes`,
    /** Sorted set: the users held online in this shard, by the end of their last lease (ms). */
    onlineUsers: (shard: number) => `${namespace}:{presence:${String(shard)}}:online`,
    /** Sorted set: the connection ids of one user by the end of their lease (ms). */
    leases: (shard: number, userId: string) => `${namespace}:{presence:${String(shard)}}:leases:${userId}`,
    turn: (name: string, key: string) => `${namespace}:turn:${name}:${key}`,
    limit: (name: string, key: string) => `${namespace}:limit:${name}:${key}`,
  };
}
export type Keys = ReturnType<typeof createKeys>;
