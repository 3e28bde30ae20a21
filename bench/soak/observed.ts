import { readFileSync } from 'node:fs';
import { until } from '@confab/e2e/chaos/pause';
import type { Product } from '@confab/e2e/chaos/product/product';
import { Inspector } from './inspector.ts';

/** The Node processes that live as long as the run: the faults spare them. */
export const nodeServices = ['web', 'ws', 'store'] as const;
export type NodeService = (typeof nodeServices)[number];

/** A process that is measured. */
export interface Observed {
  readonly name: NodeService;
  readonly pid: number;
  readonly inspector: Inspector;
}

const listensMaxMs = 10_000;

/**
 * What lets an inspector be opened later: Node opens it on SIGUSR1, which the product never sends. Any free port, on
 * this machine only.
 */
export const inspectable = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

/** Opens the inspector of each of them; where it listens stands in the product's log. */
export async function observe(product: Product, logFile: string): Promise<Observed[]> {
  const observed: Observed[] = [];
  for (const name of nodeServices) {
    const pid = product.pidOf(name);
    if (pid === undefined || !product.signal(name, 'SIGUSR1')) throw new Error(`${name} does not run`);
    let url: string | undefined;
    const address = new RegExp(`^${name} Debugger listening on (ws:\\S+)$`, 'm');
    await until(() => (url = address.exec(readFileSync(logFile, 'utf8'))?.[1]) !== undefined, {
      maxMs: listensMaxMs,
      everyMs: 100,
    });
    if (url === undefined) throw new Error(`${name} opened no inspector`);
    observed.push({ name, pid, inspector: await Inspector.open(url) });
  }
  return observed;
}
