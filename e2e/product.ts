import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProduct, startProduct } from '@confab/launcher';

/** The production build on free ports, with data of its own that goes away with it. */
export async function startOwnProduct(): Promise<RunningProduct & AsyncDisposable> {
  const dataDir = await mkdtemp(join(tmpdir(), 'confab-e2e-'));
  // Each person comes from an address of their own (see people.ts), which limits per address must be able to tell.
  const env = { TRUSTED_PROXIES: '127.0.0.1,::1' };
  const removeData = () => rm(dataDir, { recursive: true, force: true });
  const product = await startProduct({ mode: 'production', dataDir, env }).catch(async (error: unknown) => {
    await removeData();
    throw error;
  });
  return Object.assign(product, {
    async [Symbol.asyncDispose]() {
      await product.stop();
      await removeData();
    },
  });
}
