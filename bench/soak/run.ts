import { setMaxListeners } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createPopulation, type Population } from '@confab/e2e/chaos/clients/population';
import { pause, until } from '@confab/e2e/chaos/pause';
import { startBehindDoors } from '@confab/e2e/chaos/product/behind-doors';
import { seededRandom } from '@confab/e2e/chaos/random';
import type { Town } from './actions.ts';
import { type Allocation, readAllocations, watchAllocations } from './allocations.ts';
import { disturb } from './faults.ts';
import { Gatherings } from './gatherings.ts';
import { write } from './journal.ts';
import { leakOnPurpose } from './leak.ts';
import { live, newDeeds } from './load.ts';
import { inspectable, observe } from '@confab/e2e/processes/observed';
import { Person } from './person.ts';
import type { Plan } from './plan.ts';
import { countRedisKeys, readRedisState } from './redis-state.ts';
import type { Scene } from './sample.ts';
import { Sampler } from './sampler.ts';

/** As the population has it. */
const devicesPerUser = 2.5;
/** Longer than web and its clients keep an idle connection, or anybody one to the store. */
const stillMinMs = 70_000;
/** Longer than the leases of a process that was killed, and than any limit takes to be as if it had never been used. */
const stillMaxMs = 240_000;

/** One whole run: a fresh product, stillness, a warm-up, stillness, the load with its faults, stillness again. */
export async function run(plan: Plan): Promise<void> {
  mkdirSync(plan.dir, { recursive: true });
  const { minutes, warmUpMs, people } = plan;
  const date = new Date().toISOString();
  write(plan.journal, { is: 'start', date, minutes, warmUpMinutes: warmUpMs / 60_000, people });
  const behindDoors = await startBehindDoors({ dir: plan.dir, cutOff: new Set(), env: inspectable });
  const { product, doors, origin } = behindDoors;
  try {
    const observed = await observe(product, join(plan.dir, 'product.log'));
    const pids = { redis: product.pidOf('redis') ?? 0, supervisor: product.supervisorPid ?? 0 };
    const population = await createPopulation(origin, people * devicesPerUser, seededRandom('population'));
    const town: Town = {
      origin,
      people: createPeople(population, { web: doors.web.port, ws: doors.ws.port, origin }),
      gatherings: new Gatherings(),
    };
    await soak(plan, { ...behindDoors, dir: plan.dir, observed, pids }, town);
    for (const { inspector } of observed) inspector.close();
  } finally {
    await product.stop();
    for (const door of Object.values(doors)) door.close();
    rmSync(join(plan.dir, 'data'), { recursive: true, force: true });
  }
}

async function soak(plan: Plan, scene: Scene, town: Town): Promise<void> {
  const sampler = new Sampler(plan, scene, town);
  await beStill(scene, plan.say);
  await sampler.take('cold');
  const warmUp = AbortSignal.timeout(plan.warmUpMs);
  await Promise.all([live(town, newDeeds(), warmUp), sampler.takeUntil(warmUp, 'warming')]);
  await beStill(scene, plan.say);
  await sampler.take('before');
  for (const { inspector } of scene.observed) await watchAllocations(inspector);

  const deeds = newDeeds();
  const signal = AbortSignal.timeout(plan.loadedMs);
  // Every person, the faults and the samples listen.
  setMaxListeners(0, signal);
  await Promise.all([
    live(town, deeds, signal),
    sampler.takeUntil(signal, 'loaded'),
    plan.control && leakOnPurpose(scene, signal),
    disturb(scene, {
      people: town.people,
      everyMs: plan.faultEveryMs,
      random: seededRandom('faults'),
      signal,
      onFault: (name) => {
        sampler.noteFault(name);
      },
    }),
  ]);
  await beStill(scene, plan.say);
  await sampler.take('after');
  const redisKeysLeft = await countRedisKeys(scene.product.redisUrl);
  write(plan.journal, { is: 'end', deeds, redisKeysLeft, allocations: await allocationsOf(scene) });
}

async function allocationsOf({ observed }: Scene): Promise<Record<string, Allocation[]>> {
  const found: Record<string, Allocation[]> = {};
  for (const { name, inspector } of observed) found[name] = await readAllocations(inspector);
  return found;
}

/** Everybody has gone: waits until nothing of them can be left, and until Redis has forgotten them, if it does. */
async function beStill({ product }: Scene, say: (line: string) => void): Promise<void> {
  say('Nobody is there.');
  const ends = performance.now() + stillMaxMs;
  await pause(stillMinMs);
  while ((await readRedisState(product.redisUrl)).keys > 0 && performance.now() < ends) await pause(1_000);
  await until(() => product.ready, { maxMs: stillMinMs });
}

/** Half of them come through web's door, as browsers do by default; half go straight to ws. */
function createPeople(
  { users }: Population,
  { web, ws, origin }: { web: number; ws: number; origin: string },
): Person[] {
  return users.map(
    (user, number) =>
      new Person({
        number,
        user,
        url: `ws://127.0.0.1:${number % 2 === 0 ? web : ws}/ws?device=${number}`,
        origin,
        random: seededRandom(`person ${number}`),
      }),
  );
}
