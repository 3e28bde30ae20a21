import { connect as connectProgram } from '@confab/client';
import { until } from '@confab/e2e/chaos/pause';
import { redisCommand } from '@confab/e2e/chaos/product/redis-commands';
import type { Account } from '../send/crowd.ts';
import { fillRoom } from '../send/measure-history.ts';
import { type Device, startDevice } from './device.ts';
import { countFigure, type Figure, timesFigure } from './figure.ts';
import { createAccounts, createRoom, headersOf, type World } from './world.ts';

const sizes = [0, 1, 50, 500, 5_000];
const rounds = 7;
/** Of the promise: 500 missed messages. */
const promisedMs = 2_000;
const waitMaxMs = 30_000;
const awayNumber = 1;

interface Absence {
  readonly world: World;
  readonly conversationId: string;
  readonly reader: Account;
  readonly device: Device;
}

/** Revs that a device shows, in the order of their rows. */
function shown({ device, conversationId }: Absence): number[] {
  return device.sync
    .timeline(conversationId)
    .get()
    .items.flatMap((item) => (item.type === 'entry' ? [item.entry.rev] : []));
}

const isContiguous = (revs: readonly number[]) =>
  revs.every((rev, i) => i === 0 || rev === (revs[i - 1] ?? 0) + 1);

/** From the line's return until the device is online and shows the log to its end. */
async function comeBack(absence: Absence, head: number): Promise<{ ms: number; faults: number }> {
  const { world, device } = absence;
  const from = performance.now();
  world.cutOff.clear();
  device.wake();
  const isBack = () => device.sync.connection.get() === 'online' && shown(absence).at(-1) === head;
  if (!(await until(isBack, { maxMs: waitMaxMs, everyMs: 2 })))
    throw new Error('the device did not catch up');
  const ms = performance.now() - from;
  return { ms, faults: isContiguous(shown(absence)) ? 0 : 1 };
}

/** A program that had read to the cursor connects anew: until it holds every entry above it. */
async function readOn(
  absence: Absence,
  cursor: number,
  head: number,
): Promise<{ ms: number; faults: number }> {
  const { world, conversationId, reader } = absence;
  const from = performance.now();
  await using program = await connectProgram({ url: world.origin, token: reader.token });
  const signal = AbortSignal.timeout(waitMaxMs);
  let [last, faults] = [cursor, 0];
  if (last < head) {
    for await (const { rev } of program.entries(conversationId, { from: cursor + 1, signal })) {
      if (rev !== last + 1) faults += 1;
      last = rev;
      if (last >= head) break;
    }
  }
  return { ms: performance.now() - from, faults: last === head ? faults : faults + 1 };
}

/** A device and a program are away while messages come, and Redis loses all that it holds. */
export async function measureAbsence(world: World): Promise<Figure[]> {
  const [author, reader] = await createAccounts(world, 'away', 2);
  if (!author || !reader) throw new Error('nobody is there');
  const conversationId = await createRoom([author, reader]);
  const authorId = (await author.api.auth.me()).id;
  const device = startDevice({
    userId: (await reader.api.auth.me()).id,
    headers: headersOf(world, reader),
    url: `ws://127.0.0.1:${String(world.wsDoor.port)}/ws?device=${String(awayNumber)}`,
    origin: world.origin,
    isOffline: () => world.cutOff.has(awayNumber),
  });
  const absence = { world, conversationId, reader, device };
  const samples = sizes.map(() => ({ device: [] as number[], program: [] as number[] }));
  let faults = 0;
  const release = device.sync.timeline(conversationId).subscribe(() => undefined);
  try {
    device.sync.openTimeline(conversationId);
    const { timeline } = world.backend.core.db;
    await comeBack(absence, await timeline.highestRev(conversationId));
    for (let round = 0; round < rounds; round++) {
      for (const [i, messages] of sizes.entries()) {
        world.cutOff.add(awayNumber);
        world.wsDoor.breakCutOff({ kind: 'reset' });
        if (!(await until(() => device.sync.connection.get() === 'offline', { maxMs: waitMaxMs })))
          throw new Error('the device is not away');
        const cursor = await timeline.highestRev(conversationId);
        if (messages > 0) await fillRoom(world.backend, conversationId, { authorId, messages });
        await redisCommand(world.product.redisUrl, 'FLUSHALL');
        const back = await comeBack(absence, cursor + messages);
        const read = await readOn(absence, cursor, cursor + messages);
        samples[i]?.device.push(back.ms);
        samples[i]?.program.push(read.ms);
        faults += back.faults + read.faults;
      }
      world.say(`Round ${String(round + 1)} of ${String(rounds)} is over.`);
    }
  } finally {
    release();
    device.stop();
  }
  return [
    ...figures(samples),
    countFigure({ what: 'gaps or doubles', size: sizeOf() }, faults, { exactly: 0 }),
  ];
}

const sizeOf = () => `${String(rounds * sizes.length)} absences of each of a device and a program`;

function figures(samples: readonly { device: number[]; program: number[] }[]): Figure[] {
  return samples.flatMap(({ device, program }, i) => {
    const messages = sizes[i] ?? 0;
    const size = `${messages.toLocaleString('en')} missed, ${String(rounds)} times, Redis flushed`;
    const maxMs = messages <= 500 ? promisedMs : null;
    return [
      timesFigure({ what: 'app: from the line to the newest shown', size }, device, maxMs),
      timesFigure({ what: 'program: from connect to every entry', size }, program, maxMs),
    ];
  });
}
