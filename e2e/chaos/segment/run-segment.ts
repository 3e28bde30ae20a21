import { mkdir, rm } from 'node:fs/promises';
import { check } from '../checker/check.ts';
import type { Applied } from '../checker/log.ts';
import type { Violation } from '../checker/violation.ts';
import { Device } from '../clients/device.ts';
import { createPopulation, type Population } from '../clients/population.ts';
import { until } from '../pause.ts';
import { startBehindDoors } from '../product/behind-doors.ts';
import { seededRandom } from '../random.ts';
import { findsForgedAcknowledgement } from './control.ts';
import type { SegmentPlan } from './plan.ts';
import { runDisturbed } from './run-disturbed.ts';
import type { Score } from './score.ts';
import { Reader } from './reader.ts';
import { settle, type Settled } from './settle.ts';

export interface SegmentResult extends Score {
  readonly sent: number;
  readonly acknowledged: number;
  readonly applied: number;
  readonly settled: Settled;
  readonly violations: readonly Violation[];
  readonly findsForgedAcknowledgement: boolean;
  readonly seconds: number;
}

const onlineMaxMs = 30_000;

/** One whole run: a fresh product, its users, faults, quiet, the check. */
export async function runSegment(plan: SegmentPlan): Promise<SegmentResult> {
  await rm(plan.dir, { recursive: true, force: true });
  await mkdir(plan.dir, { recursive: true });
  const from = performance.now();
  const cutOff = new Set<number>();
  const { product, doors, origin } = await startBehindDoors({ dir: plan.dir, cutOff, failPoints: true });
  const devices: Device[] = [];
  try {
    const random = seededRandom(`${plan.seed}/${plan.index}/population`);
    const population = await createPopulation(origin, plan.clients, random);
    devices.push(...createDevices(plan, population, { web: doors.web.port, ws: doors.ws.port, origin }));
    for (const device of devices) device.start();
    if (!(await until(() => devices.every(({ isOnline }) => isOnline), { maxMs: onlineMaxMs })))
      throw new Error('the devices did not come online, before any fault');
    plan.say(`${devices.length} devices of ${population.users.length} users are online.`);

    const score = await runDisturbed(plan, { product, doors, devices, cutOff, origin, population });
    const stage = { product, doors, devices, cutOff, signal: new AbortController().signal };
    const reader = await Reader.open(origin, population);
    const settled = await settle(stage, reader);
    const snapshots = await reader.readAll();
    const violations = check({ devices: devices.map((device) => device.log()), snapshots });
    const url = `ws://127.0.0.1:${doors.ws.port}/ws?device=9999`;
    return {
      ...score,
      sent: total(devices, ({ journal }) => journal.sent.length),
      acknowledged: total(devices, ({ journal }) => journal.acknowledged.length),
      applied: total(devices, ({ journal }) =>
        journal.applied.reduce((sum, change) => sum + appliedBy(change), 0),
      ),
      settled,
      violations,
      findsForgedAcknowledgement: await findsForgedAcknowledgement({ url, origin }, population, reader),
      seconds: Math.round((performance.now() - from) / 1_000),
    };
  } finally {
    for (const device of devices) device.stop();
    await product.stop();
    for (const door of Object.values(doors)) door.close();
  }
}

/** Half of them come through web's door, as browsers do by default; half go straight to ws. */
function createDevices(
  { seed, index, clients }: SegmentPlan,
  { users, conversations }: Population,
  { web, ws, origin }: { web: number; ws: number; origin: string },
): Device[] {
  return Array.from({ length: clients }, (_, number) => {
    const user = users[number % users.length];
    if (user === undefined) throw new RangeError('there is no user');
    return new Device({
      number,
      user,
      conversations: conversations.filter(({ members }) => members.includes(user)),
      url: `ws://127.0.0.1:${number % 2 === 0 ? web : ws}/ws?device=${number}`,
      origin,
      random: seededRandom(`${seed}/${index}/device ${number}`),
    });
  });
}

function total(devices: readonly Device[], of: (device: Device) => number): number {
  return devices.reduce((sum, device) => sum + of(device), 0);
}

function appliedBy(change: Applied): number {
  if (change.change === 'appeared') return change.entries.length;
  return change.change === 'changed' ? 1 : 0;
}
