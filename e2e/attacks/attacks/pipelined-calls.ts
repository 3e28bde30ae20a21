import { until } from '../../chaos/pause.ts';
import { type Attack, atMost, type Check } from '../attack.ts';
import { leftBehind } from '../stage/left-behind.ts';
import type { Stage } from '../stage/stage.ts';
import { type AttackSocket, callFrame } from '../wire/attack-socket.ts';
import { times } from '../wire/in-parallel.ts';

/** Of calls that go out at once, so many may be answered with what they ask for before somebody has to wait. */
const answeredMax = { one: 600, all: 1_000 };
const answeredMaxMs = 8_000;
const batch = 10;

/** Sends so many calls without waiting for any answer. */
async function flood(socket: AttackSocket, calls: number, path: string, input: unknown): Promise<void> {
  for (let sent = 0; sent < calls; sent += batch) {
    socket.send(times(batch).map((i) => callFrame(sent + i + 1, 'query', path, input)));
    if (sent % 500 === 0) await socket.drained();
  }
}

/** Until the product has said something to each call, refused the socket, or had time enough. */
async function answered(sockets: readonly AttackSocket[], calls: number): Promise<void> {
  await until(
    () =>
      sockets.every(({ isClosed, received }) => isClosed || received >= calls / batch || received >= calls),
    { maxMs: answeredMaxMs },
  );
}

function count(sockets: readonly AttackSocket[], of: (socket: AttackSocket) => number): number {
  return sockets.reduce((sum, socket) => sum + of(socket), 0);
}

/** Data of batches counts by frame: each call of it is answered in a frame of its own. */
async function fromOneSocket(stage: Stage): Promise<Check[]> {
  const { people } = await stage.town();
  const [ada] = people;
  if (!ada) return [];
  const socket = await stage.socket(ada);
  await flood(socket, 2_000, 'rooms.listWithMembers', { limit: 50 });
  await answered([socket], 2_000);
  stage.note(
    `one socket, 2,000 calls: ${socket.data} answered, ${socket.refused('RATE_LIMITED')} refused, ${socket.timed} told when to return, close ${socket.closeCode ?? 'none'} ${socket.closeReason}`,
  );
  const checks = [atMost('of 2,000 calls on one socket, answered', socket.data, answeredMax.one)];
  socket.leave();
  return [...checks, ...(await leftBehind(stage, 'ws', 'store'))];
}

async function fromOnePerson(stage: Stage): Promise<Check[]> {
  const bob = await stage.join('flooder');
  const each = stage.pick(500, 3_870);
  const sockets = await Promise.all(times(20).map((i) => stage.socket(bob, i % 2 === 0 ? 'ws' : 'web')));
  await Promise.all(
    sockets.map((socket, i) =>
      flood(
        socket,
        each,
        i % 3 === 0 ? 'users.search' : 'rooms.listWithMembers',
        i % 3 === 0 ? { prefix: '' } : { limit: 50 },
      ),
    ),
  );
  await answered(sockets, each);
  const data = count(sockets, (socket) => socket.data);
  stage.note(
    `one person, ${20 * each} calls on 20 sockets: ${data} answered, ${count(sockets, (socket) => socket.refused('RATE_LIMITED'))} refused, ${count(sockets, ({ isClosed }) => Number(isClosed))} sockets closed`,
  );
  for (const socket of sockets) socket.leave();
  return [
    atMost(`of ${20 * each} calls of one person, answered`, data, answeredMax.all),
    ...(await leftBehind(stage, 'ws', 'ws-2', 'store')),
  ];
}

/** A socket's calls are bounded while they run, a person's in what they cost; nothing goes on for one who left. */
export const pipelinedCalls: Attack = {
  name: 'pipelined-calls',
  sends:
    '2,000 calls of rooms.listWithMembers on one socket, then thousands on 20 sockets of one person; leaves',
  async run(stage) {
    return [...(await fromOneSocket(stage)), ...(await fromOnePerson(stage))];
  },
};
