import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStore } from '@confab/embedded-mongo';
import { startRedis } from '@confab/launcher';
import type { TestProject } from 'vitest/node';
import { readTestEnv } from './env.ts';
import './provided-context.ts';

/**
 * Starts one MongoDB and one Redis for a whole test run, on free ports with data of their own; every world takes its
 * own database and namespace in them. MONGODB_URI and REDIS_URL name other servers to run the same tests on.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { mongodbUri, redisUrl } = readTestEnv();
  const dataDir = await mkdtemp(join(tmpdir(), 'confab-tests-'));
  const store = mongodbUri === null ? await startStore({ dataDir: join(dataDir, 'mongo'), port: 0 }) : null;
  const redis = redisUrl === null ? await startRedis({ dataDir: join(dataDir, 'redis') }) : null;
  project.provide('mongodbUri', store?.uri ?? mongodbUri ?? '');
  project.provide('redisUrl', redis?.url ?? redisUrl ?? '');
  return async () => {
    await redis?.stop();
    await store?.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}
