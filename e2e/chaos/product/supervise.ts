import { appendFileSync } from 'node:fs';
import { type RunningProduct, startProduct, type StartProductOptions } from '@confab/launcher';
import type { Report } from './messages.ts';

/** The product and its supervisor, in a process of their own: the run kills it too. */
const { logFile, ...options } = JSON.parse(process.argv[2] ?? '{}') as StartProductOptions & {
  logFile: string;
};

let product: RunningProduct | null = null;
const report = (message: Report) => {
  if (process.connected) process.send?.(message);
};
const log = (line: string) => {
  appendFileSync(logFile, `${line}\n`);
};

const stop = new AbortController();
const end = async () => {
  stop.abort();
  await product?.stop();
  process.exit(0);
};
process.on('message', () => void end());
// Whoever asked for the product is gone.
process.on('disconnect', () => void end());

try {
  product = await startProduct({
    ...options,
    signal: stop.signal,
    say: (line) => {
      log(line);
      if (product) report({ event: 'changed', services: product.services });
    },
    onLog: (service, line) => {
      log(`${service} ${line}`);
    },
  });
  const { services, mongodbUri, redisUrl } = product;
  report({ event: 'started', services, mongodbUri, redisUrl });
} catch (error) {
  if (!stop.signal.aborted) throw error;
}
