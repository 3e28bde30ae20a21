import type { FaultProxy } from '@confab/e2e/chaos/product/fault-proxy';
import { pause } from '@confab/e2e/chaos/pause';
import type { Random } from '@confab/e2e/chaos/random';
import type { Person } from './person.ts';
import { askRedis } from './redis-state.ts';
import type { Scene } from './sample.ts';

/** What goes wrong. What is observed stays alive: the first web and ws, Redis, the store, the supervisor. */
export interface Fault {
  readonly name: string;
  run(scene: Scene, people: readonly Person[], random: Random): Promise<unknown>;
}

const kill = (name: 'web-2' | 'ws-2'): Fault => ({
  name: `kill ${name}`,
  async run({ product }) {
    product.signal(name, 'SIGKILL');
  },
});

const reset = (door: 'web' | 'ws'): Fault => ({
  name: `reset connections of ${door}`,
  async run({ doors }, _, random) {
    const { links }: FaultProxy = doors[door];
    for (const link of random.sample(links, links.length >> 1)) link.breakMidFrame({ kind: 'reset' });
  },
});

const tellRedis = (name: string, command: readonly string[]): Fault => ({
  name,
  run: ({ product }) => askRedis(product.redisUrl, command),
});

export const faults: readonly Fault[] = [
  kill('ws-2'),
  tellRedis('flush Redis', ['FLUSHALL']),
  reset('ws'),
  kill('web-2'),
  tellRedis('cut subscribers off Redis', ['CLIENT', 'KILL', 'TYPE', 'pubsub']),
  {
    name: 'devices reload',
    async run(_, people) {
      for (const person of people.filter(({ device }) => device.isRunning)) {
        person.device.stop();
        person.start();
      }
    },
  },
  tellRedis('cut commands off Redis', ['CLIENT', 'KILL', 'TYPE', 'normal']),
  reset('web'),
];

interface Disturbance {
  readonly people: readonly Person[];
  readonly everyMs: number;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly onFault: (name: string) => void;
}

/** One fault after the other, each at its time, until the signal aborts. Between two samples, not beside one. */
export async function disturb(
  scene: Scene,
  { people, everyMs, random, signal, onFault }: Disturbance,
): Promise<void> {
  const from = performance.now();
  for (let turn = 0; ; turn += 1) {
    await pause(from + (turn + 0.5) * everyMs - performance.now(), signal);
    const fault = faults[turn % faults.length];
    if (signal.aborted || fault === undefined) return;
    await fault.run(scene, people, random);
    onFault(fault.name);
  }
}
