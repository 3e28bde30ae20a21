import { setMaxListeners } from 'node:events';
import { pause, until } from '@confab/e2e/chaos/pause';
import { percentile } from '../store/measure.mjs';
import { countFigure, type Figure, inWords, timesFigure } from './figure.ts';
import { comesIn, guess, type Guessed, registerBoth } from './guess.ts';
import { Talker } from './talker.ts';
import { createAccounts, createRoom, type World } from './world.ts';

const devices = 20;
/** Of each device: half of what its limit lets pass for ever. */
const everyMs = 2_000;
const calmMs = 10_000;
const afterMs = 15_000;
/** Everything is there so soon after the return. */
const promisedMs = 5_000;
const guesses = 24;
interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Redis stands still while people talk. */
export async function measureOutage(world: World, outageMs: number): Promise<Figure[]> {
  const accounts = await createAccounts(world, 'talker', devices);
  const conversationId = await createRoom(accounts);
  const talkers = await Promise.all(accounts.map((account) => Talker.start(world, account, conversationId)));
  await registerBoth(world);
  const stop = new AbortController();
  // Every device pauses on it.
  setMaxListeners(0, stop.signal);
  try {
    if (!(await until(() => talkers.every(({ isReady }) => isReady), { maxMs: 30_000 })))
      throw new Error('the devices did not come online');
    const talking = Promise.all(talkers.map((talker, i) => talkOn(talker, i, stop.signal)));
    const calm = await part('before', () => pause(calmMs));
    const thaw = world.product.freeze('redis');
    if (!thaw) throw new Error('Redis does not run');
    const signIns: Figure[] = [];
    const away = await part('while Redis is away', async () => {
      await pause(outageMs / 2);
      signIns.push(...limits(await guess(world, guesses), await comesIn(world)));
      await pause(outageMs / 2);
    });
    thaw();
    const returned = performance.now();
    const after = await part('after its return', () => pause(afterMs));
    stop.abort();
    await talking;
    await until(() => talkers.every((talker) => talker.holds(sentBy(talkers))), { maxMs: 15_000 });
    return [
      ...[calm, away, after].flatMap((each) => latencies(talkers, each)),
      ...wholeness(talkers, away, returned),
      ...signIns,
    ];
  } finally {
    stop.abort();
    for (const talker of talkers) talker.stop();
  }
}

async function part(name: string, during: () => Promise<unknown>): Promise<Part> {
  const from = performance.now();
  await during();
  return { name, from, to: performance.now() };
}

async function talkOn(talker: Talker, place: number, signal: AbortSignal): Promise<void> {
  await pause((place * everyMs) / devices, signal);
  while (!signal.aborted) {
    talker.say();
    await pause(everyMs, signal);
  }
}

const sentBy = (talkers: readonly Talker[]) => talkers.flatMap(({ sent }) => [...sent.keys()]);

/** Every message of that part, with the time until its answer and those until each of the others showed it. */
function latencies(talkers: readonly Talker[], { name, from, to }: Part): Figure[] {
  const [answers, deliveries]: [number[], number[]] = [[], []];
  let count = 0;
  for (const talker of talkers) {
    for (const [clientId, sentAt] of talker.sent) {
      if (sentAt < from || sentAt >= to) continue;
      count += 1;
      answers.push((talker.answered.get(clientId) ?? Infinity) - sentAt);
      for (const other of talkers)
        if (other !== talker) deliveries.push((other.shown.get(clientId) ?? Infinity) - sentAt);
    }
  }
  const size = `${String(count)} messages of ${String(devices)} devices in ${inWords(to - from)}`;
  return [
    timesFigure({ what: `${name}: from send to answer`, size }, answers, null),
    timesFigure({ what: `${name}: from send until another device shows it`, size }, deliveries, null),
    countFigure({ what: `${name}: not acknowledged`, size }, answers.filter((ms) => ms === Infinity).length, {
      exactly: 0,
    }),
    {
      what: `${name}: p99 of answer, of showing`,
      size,
      seen: `${inWords(percentile(answers, 0.99))}, ${inWords(percentile(deliveries, 0.99))}`,
      promised: null,
      holds: true,
      data: { answerP99Ms: percentile(answers, 0.99), shownP99Ms: percentile(deliveries, 0.99) },
    },
  ];
}

/** Whatever was sent while Redis was away is everywhere in time, once. */
function wholeness(talkers: readonly Talker[], { from, to }: Part, returned: number): Figure[] {
  const sent = new Map(talkers.flatMap((talker) => [...talker.sent]));
  const during = [...sent].filter(([, at]) => at >= from && at < to);
  const lasts = talkers.map(({ shown }) => Math.max(...during.map(([id]) => shown.get(id) ?? Infinity)));
  const size = `${String(during.length)} messages, ${String(devices)} devices`;
  const faults = talkers.reduce((sum, talker) => sum + talker.faults(new Set(sent.keys())), 0);
  return [
    timesFigure(
      { what: 'from the return until a device shows all of the outage', size },
      lasts.map((at) => Math.max(0, at - returned)),
      promisedMs,
    ),
    countFigure(
      { what: 'lost, doubled or out of order on a device', size: `${String(sent.size)} messages in all` },
      faults,
      { exactly: 0 },
    ),
  ];
}

function limits({ checked, limited, other, checkedMax }: Guessed, honestCameIn: boolean): Figure[] {
  const size = `${String(guesses)} wrong passwords for one account at once, through 2 web processes, Redis away`;
  return [
    countFigure({ what: 'guesses that were checked', size }, checked, { atMost: checkedMax }),
    countFigure({ what: 'guesses refused for the limit', size }, limited, null),
    countFigure({ what: 'guesses that failed otherwise', size }, other, { exactly: 0 }),
    countFigure({ what: 'sign-ins with the right password', size: '1, Redis away' }, honestCameIn ? 1 : 0, {
      exactly: 1,
    }),
  ];
}
