/** Servers to test on instead of our own; null: ours. */
export function readTestEnv(): { mongodbUri: string | null; redisUrl: string | null } {
  return { mongodbUri: process.env['MONGODB_URI'] || null, redisUrl: process.env['REDIS_URL'] || null };
}
