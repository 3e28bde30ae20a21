import type { Device } from '../clients/device.ts';
import { pause } from '../pause.ts';
import type { Random } from '../random.ts';
import type { Fault } from './fault.ts';
import type { Stage } from './stage.ts';

const dayMs = 86_400_000;

const some = ({ devices }: Stage, random: Random): Device[] => random.sample(devices, random.whole(2, 8));

async function takeOffline(stage: Stage, random: Random, forMs: number): Promise<boolean> {
  const away = some(stage, random).filter(({ isOffline }) => !isOffline);
  for (const device of away) {
    device.isOffline = true;
    stage.cutOff.add(device.number);
  }
  // Half of them close their connections; of the others the cable is pulled.
  const how = random.chance(0.5)
    ? ({ kind: 'reset' } as const)
    : ({ kind: 'silence', holdMs: forMs } as const);
  for (const door of Object.values(stage.doors)) door.breakCutOff(how);
  await pause(forMs, stage.signal);
  for (const device of away) {
    device.isOffline = false;
    stage.cutOff.delete(device.number);
  }
  return away.length > 0;
}

export const deviceFaults: readonly Fault[] = [
  { name: 'devices away', run: (stage, random) => takeOffline(stage, random, random.whole(2_000, 15_000)) },
  {
    name: 'devices reload',
    async run(stage, random) {
      for (const device of some(stage, random)) device.reload();
      return true;
    },
  },
  {
    name: 'clocks jump',
    async run(stage, random) {
      for (const device of some(stage, random)) device.clock.jump(random.whole(-dayMs, dayMs));
      return true;
    },
  },
  {
    name: 'devices wake',
    async run(stage, random) {
      for (const device of some(stage, random)) device.clock.wake(random.whole(60_000, dayMs));
      return true;
    },
  },
];
