import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunningProduct } from '@confab/launcher';
import { childEnv } from './env.ts';

/** Of all of the demo's people. */
export const demoPassword = 'confab demo';

/** As `npm run dev -- --seed`: twenty people, one of them called ada, with weeks of talk behind them. */
export async function fillWithDemo({ mongodbUri, redisUrl }: RunningProduct): Promise<void> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/seed/main.ts'], {
    cwd: join(import.meta.dirname, '../packages/testkit'),
    env: childEnv({ MONGODB_URI: mongodbUri, REDIS_URL: redisUrl }),
  });
}
