import { pause } from '../pause.ts';
import { redisCommand } from '../product/redis-commands.ts';
import { attempt, type Fault } from './fault.ts';
import { type Component, components, processesOf, type Stage } from './stage.ts';

/** Redis may be away, killed by another fault: it comes back within a restart. */
const triesMax = 300;
const tryAgainMs = 100;

const freeze = (component: Component): Fault => ({
  name: `freeze ${component}`,
  async run({ product, signal }, random) {
    const thaw = product.freeze(random.pick(processesOf[component]));
    if (thaw === null) return false;
    await pause(random.whole(1_000, 5_000), signal);
    thaw();
    return true;
  },
});

const toRedis = ({ product }: Stage, command: string) =>
  attempt(() => redisCommand(product.redisUrl, command));

const redisFaults: readonly Fault[] = [
  { name: 'flush redis', run: (stage) => toRedis(stage, 'FLUSHALL') },
  {
    name: 'restart redis',
    run: async ({ product }) => product.signal('redis', 'SIGTERM'),
  },
  {
    name: 'fill redis',
    async run(stage, random) {
      const isFull =
        (await toRedis(stage, 'CONFIG SET maxmemory-policy noeviction')) &&
        (await toRedis(stage, 'CONFIG SET maxmemory 1'));
      if (!isFull) return false;
      await pause(random.whole(2_000, 5_000), stage.signal);
      for (let tries = 1; !(await toRedis(stage, 'CONFIG SET maxmemory 0')); tries += 1) {
        if (tries === triesMax) throw new Error('Redis stays full');
        await pause(tryAgainMs);
      }
      return true;
    },
  },
];

export const processFaults: readonly Fault[] = [...components.map(freeze), ...redisFaults];
