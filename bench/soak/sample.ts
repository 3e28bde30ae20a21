import { readdirSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { ProductBehindDoors } from '@confab/e2e/chaos/product/behind-doors';
import { type Census, type NodeState, readNodeState, takeCensus } from '@confab/e2e/processes/node-state';
import type { Observed } from '@confab/e2e/processes/observed';
import { type ProcessState, readProcessState } from '@confab/e2e/processes/process-state';
import { readRedisState, type RedisState } from './redis-state.ts';

/** Warming up, under load, or still: before the load (`cold`), after the warm-up (`before`), and at the end (`after`). */
export type Phase = 'cold' | 'warming' | 'before' | 'loaded' | 'after';

/** Of one process. What only some have, or only some samples tell, may be absent. */
export type State = ProcessState & Partial<NodeState & Census & RedisState>;

/** Everything at one moment; sizes in bytes. */
export interface Sample {
  readonly phase: Phase;
  /** Since the start of the run. */
  readonly atMs: number;
  readonly processes: Readonly<Record<string, State>>;
  /** Of the store's folder. */
  readonly storeBytes: number;
  /** Clients' connections by the process that has them. */
  readonly connections: { readonly web: number; readonly ws: number };
  readonly onlineDevices: number;
  /** Of the machine, over one minute: what else runs there slows this down. */
  readonly loadAverage: number;
}

export interface Scene extends ProductBehindDoors {
  readonly dir: string;
  readonly observed: readonly Observed[];
  /** Of the others that are measured. */
  readonly pids: Readonly<Record<'redis' | 'supervisor', number>>;
}

/**
 * What the system says comes before the garbage collection that the inspector asks for.
 * @throws Error when a process that was to live has ended
 */
export async function takeSample(
  scene: Scene,
  { withCensus }: { withCensus: boolean },
): Promise<Omit<Sample, 'phase' | 'atMs' | 'onlineDevices'>> {
  const { product, observed, pids, doors, dir } = scene;
  const processes: Record<string, State> = {};
  for (const { name, pid, inspector } of observed) {
    if (product.pidOf(name) !== pid) throw new Error(`${name} was started again, and no fault asked for it`);
    processes[name] = {
      ...readProcessState(pid),
      ...(await readNodeState(inspector)),
      ...(withCensus && (await takeCensus(inspector))),
    };
  }
  processes['redis'] = { ...readProcessState(pids.redis), ...(await readRedisState(product.redisUrl)) };
  processes['supervisor'] = readProcessState(pids.supervisor);
  const connectionsOf = (door: 'web' | 'ws') => {
    const [first] = doors[door].processPorts;
    return doors[door].links.filter(({ port }) => port === first).length;
  };
  return {
    processes,
    loadAverage: loadavg()[0] ?? 0,
    storeBytes: sizeOf(join(dir, 'data/mongo')),
    connections: { web: connectionsOf('web'), ws: connectionsOf('ws') },
  };
}

/** What its files take on the disk, which is less than they are long. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((total, { blocks }) => total + blocks * 512, 0);
}
