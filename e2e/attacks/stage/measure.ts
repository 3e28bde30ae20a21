import { Inspector } from '../../processes/inspector.ts';
import { readNodeState } from '../../processes/node-state.ts';
import { forgetPeak, hasProc, readPeak, readProcessState } from '../../processes/process-state.ts';
import type { ServiceName } from '../../chaos/product/product.ts';
import type { Stage } from './stage.ts';

/** Of one process at rest; bytes. */
export interface Footprint {
  /** Of a Node process: what its heap and buffers hold after a garbage collection. Of Redis: what is no file's. */
  readonly held: number;
  readonly rss: number;
  readonly descriptors: number;
}

export type Footprints = Readonly<Record<string, Footprint>>;

export const measured: readonly ServiceName[] = ['web', 'ws', 'store', 'redis'];

/** Empty where processes cannot be looked into. @throws Error when one of them has ended */
export async function readFootprints(stage: Stage): Promise<Footprints> {
  const found: Record<string, Footprint> = {};
  if (!hasProc) return found;
  for (const { name, url } of stage.inspectors)
    found[name] = { ...processOf(stage, name), held: await heldBy(url) };
  found['redis'] = processOf(stage, 'redis');
  return found;
}

/** The inspector is left again at once: as long as it has a client, a process that fails does not end. */
async function heldBy(url: string): Promise<number> {
  const inspector = await Inspector.open(url);
  try {
    const { heapUsed, external } = await readNodeState(inspector);
    return heapUsed + external;
  } finally {
    inspector.close();
  }
}

/** Resident bytes at the worst moment since {@link forgetPeaks}. @throws Error when one of them has ended */
export function readPeaks(stage: Stage): Readonly<Record<string, number>> {
  if (!hasProc) return {};
  return Object.fromEntries(measured.map((name) => [name, readPeak(pidOf(stage, name))]));
}

export function forgetPeaks(stage: Stage): void {
  if (hasProc) for (const name of measured) forgetPeak(pidOf(stage, name));
}

function processOf(stage: Stage, name: ServiceName): Footprint {
  const { rss, anonymous, descriptors } = readProcessState(pidOf(stage, name));
  return { held: anonymous, rss, descriptors };
}

function pidOf({ product }: Stage, name: ServiceName): number {
  const pid = product.pidOf(name);
  if (pid === undefined) throw new Error(`${name} does not run`);
  return pid;
}
