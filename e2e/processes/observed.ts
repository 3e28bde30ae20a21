import { readFileSync } from 'node:fs';
import { until } from '../chaos/pause.ts';
import type { Product } from '../chaos/product/product.ts';
import { Inspector } from './inspector.ts';

/** The Node processes of a product, one of each kind. */
const nodeServices = ['web', 'ws', 'store'] as const;
type NodeService = (typeof nodeServices)[number];

/** A process whose inspector listens. */
export interface Inspectable {
  readonly name: NodeService;
  readonly pid: number;
  readonly url: string;
}

/** A process that is measured. While its inspector has a client it cannot end by itself: Node waits for that. */
export interface Observed extends Inspectable {
  readonly inspector: Inspector;
}

const listensMaxMs = 10_000;

/**
 * What lets an inspector be opened later: Node opens it on SIGUSR1, which the product never sends. Any free port, on
 * this machine only.
 */
export const inspectable = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

/** Lets the inspector of each of them listen; where it does stands in the product's log. */
export async function openInspectors(product: Product, logFile: string): Promise<Inspectable[]> {
  const found: Inspectable[] = [];
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
    found.push({ name, pid, url });
  }
  return found;
}

/** Opens the inspector of each of them, and stays its client. */
export async function observe(product: Product, logFile: string): Promise<Observed[]> {
  const observed: Observed[] = [];
  for (const each of await openInspectors(product, logFile))
    observed.push({ ...each, inspector: await Inspector.open(each.url) });
  return observed;
}
