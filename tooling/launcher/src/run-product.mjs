// @ts-check
import { installDependencies } from './dependencies.mjs';
import { onInterrupt } from './interrupt.mjs';
import { alreadyRuns, lockHolder } from './lock.mjs';
import { logPrinter } from './logs.mjs';
import { requireFreePorts } from './ports.mjs';
import { startProduct } from './product.mjs';
import { run } from './programs.mjs';
import { root } from './root.mjs';
import { Refusal, say } from './say.mjs';
import { readSettings } from './settings.mjs';

/**
 * Runs the product at a terminal until somebody stops it.
 * @param {{ mode: import('./services.mjs').Mode, seed?: boolean }} options
 * @returns {Promise<number>} the exit code
 */
export async function runProduct({ mode, seed = false }) {
  const settings = readSettings();
  const holder = lockHolder(settings.dataDir);
  if (holder) throw alreadyRuns(holder);
  // Before an install that may take a minute.
  await requireFreePorts(settings.ports);

  const stop = new AbortController();
  /** @type {import('./index.mjs').RunningProduct | undefined} */
  let product;
  onInterrupt({
    stop: () => {
      say('Stopping.');
      stop.abort();
    },
    // A start that is not complete has no product yet; its guards end what runs when this process is gone.
    hurry: () => {
      product?.killNow();
      process.exit(1);
    },
  });
  try {
    await installDependencies({ say, signal: stop.signal });
    product = await startProduct({
      ...settings,
      mode,
      say,
      onLog: await logPrinter(mode),
      signal: stop.signal,
    });
    if (seed) await fillWithDemo(product, settings.env, stop.signal);
    const [address] = (settings.env['PUBLIC_ORIGIN'] ?? product.origin).split(',');
    say(`\nConfab runs at ${address} (Ctrl-C stops it)\n`);
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }));
    await product.stop();
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    await product?.stop();
  }
  return 0;
}

/**
 * @param {import('./index.mjs').RunningProduct} product
 * @param {Record<string, string>} env
 * @param {AbortSignal} signal
 */
async function fillWithDemo({ mongodbUri, redisUrl }, env, signal) {
  const { code } = await run(process.execPath, ['--import', 'tsx', 'packages/testkit/src/seed/main.ts'], {
    cwd: root,
    env: { ...process.env, ...env, MONGODB_URI: mongodbUri, REDIS_URL: redisUrl },
    signal,
    shown: true,
  });
  if (code !== 0) throw new Refusal('The demo could not be filled in.');
}
