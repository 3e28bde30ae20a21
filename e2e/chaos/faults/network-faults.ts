import { pause } from '../pause.ts';
import type { Break } from '../product/link.ts';
import type { Random } from '../random.ts';
import type { Fault } from './fault.ts';

type Door = 'web' | 'ws';

/** Some of a door's connections break in the middle of what they carry next. */
const breakLinks = (name: string, door: Door, how: (random: Random) => Break): Fault => ({
  name: `${name} ${door}`,
  async run({ doors }, random) {
    const { links } = doors[door];
    const broken = random.sample(links, random.whole(1, Math.max(1, links.length >> 1)));
    for (const link of broken) link.breakMidFrame(how(random));
    return broken.length > 0;
  },
});

const reset = (): Break => ({ kind: 'reset' });
/** Some shorter than any timeout, some longer than the 10 s after which either end gives up. */
const silence = (random: Random): Break => ({ kind: 'silence', holdMs: random.whole(500, 20_000) });

const delay = (door: Door): Fault => ({
  name: `delay ${door}`,
  async run({ doors, signal }, random) {
    const port = random.pick(doors[door].processPorts);
    doors[door].delay(port, random.whole(50, 800));
    await pause(random.whole(2_000, 5_000), signal);
    doors[door].delay(port, 0);
    return true;
  },
});

export const networkFaults: readonly Fault[] = (['web', 'ws'] as const).flatMap((door) => [
  breakLinks('reset', door, reset),
  breakLinks('silence', door, silence),
  delay(door),
]);
