import { until } from '../../chaos/pause.ts';
import type { User } from '../../chaos/clients/user.ts';
import { type Attack, atMost, type Check, every } from '../attack.ts';
import type { Stage } from '../stage/stage.ts';
import { type AttackSocket, callFrame } from '../wire/attack-socket.ts';
import { times } from '../wire/in-parallel.ts';

/** Of what one socket sends, so much may be answered before it is closed. */
const answeredMax = { pings: 1_000, subscriptions: 200, garbage: 100 };
/** Ends a socket with 1006 only where it was cut while it was written to: then the code could not come through. */
const endMaxMs = 10_000;
/** So many sockets stay with one person. */
const socketsPerPerson = 10;

interface Flood {
  readonly name: string;
  readonly sockets: number;
  /** Frames of one socket. */
  readonly frames: number;
  readonly max: number;
  /** What came back for it. */
  readonly answersOf: (socket: AttackSocket) => number;
  /** Sends the frame of a number. */
  readonly send: (socket: AttackSocket, number: number) => void;
}

const garbage = Buffer.alloc(60_000, '{"id":[');
const subscribe = (id: number) => callFrame(id, 'subscription', 'live.events');
const stop = (id: number) => ({ id, jsonrpc: '2.0', method: 'subscription.stop' });

function floods(stage: Stage): Flood[] {
  const received = ({ received }: AttackSocket) => received;
  const pongs = ({ pongs }: AttackSocket) => pongs;
  return [
    {
      name: 'text PING',
      sockets: 20,
      frames: stage.pick(4_000, 50_000),
      max: answeredMax.pings,
      answersOf: pongs,
      send: (socket) => {
        socket.send('PING');
      },
    },
    {
      name: 'ping frames',
      sockets: 10,
      frames: stage.pick(4_000, 50_000),
      max: answeredMax.pings,
      answersOf: pongs,
      send: ({ socket }) => {
        socket.ping('x');
      },
    },
    {
      name: 'pong frames',
      sockets: 10,
      frames: stage.pick(8_000, 50_000),
      max: answeredMax.pings,
      answersOf: received,
      send: ({ socket }) => {
        socket.pong('x');
      },
    },
    {
      name: 'empty frames',
      sockets: 10,
      frames: stage.pick(4_000, 50_000),
      max: answeredMax.pings,
      answersOf: received,
      send: (socket) => {
        socket.send('');
      },
    },
    {
      name: 'fragments',
      sockets: 10,
      frames: stage.pick(8_000, 60_000),
      max: answeredMax.pings,
      answersOf: received,
      send: ({ socket }) => {
        socket.send('x', { fin: false });
      },
    },
    {
      name: 'subscriptions begun and stopped',
      sockets: 10,
      frames: stage.pick(2_000, 20_000),
      max: answeredMax.subscriptions,
      answersOf: ({ received, refusals }) =>
        received - [...refusals.values()].reduce((sum, count) => sum + count, 0),
      send: (socket, number) => {
        socket.send(number % 2 === 0 ? subscribe(number + 1) : stop(number));
      },
    },
    {
      name: 'garbage of 60 KB',
      sockets: 10,
      frames: stage.pick(100, 1_000),
      max: answeredMax.garbage,
      answersOf: received,
      send: (socket) => {
        socket.send(garbage);
      },
    },
    {
      name: 'batches of nothing',
      sockets: 10,
      frames: stage.pick(2_000, 20_000),
      max: answeredMax.pings,
      answersOf: received,
      send: (socket) => {
        socket.send('[]');
      },
    },
  ];
}

async function run(stage: Stage, people: readonly User[], flood: Flood): Promise<Check[]> {
  const { name, sockets: count, frames, max, answersOf, send } = flood;
  const sockets = await Promise.all(
    times(count).map((i) =>
      stage.socket(people[Math.floor(i / socketsPerPerson)] as User, i % 2 === 0 ? 'ws' : 'web'),
    ),
  );
  await Promise.all(
    sockets.map(async (socket) => {
      for (let number = 0; number < frames && socket.isOpen; number += 1) {
        send(socket, number);
        if (number % 50 === 49) await socket.drained();
      }
    }),
  );
  await until(() => sockets.every(({ isClosed }) => isClosed), { maxMs: endMaxMs });
  const answers = sockets.map(answersOf);
  const codes = new Set(
    sockets.map(({ closeCode, closeReason }) => `${closeCode ?? 'open'} ${closeReason}`.trim()),
  );
  stage.note(
    `${name}: ${sockets.length} sockets, most answers of one ${Math.max(...answers)}, ends: ${[...codes].join(', ')}`,
  );
  for (const socket of sockets) socket.leave();
  return [
    atMost(`${name}: answers to one socket`, Math.max(...answers), max),
    every(
      `${name}: the socket is closed`,
      sockets,
      ({ closeCode }) => closeCode !== null,
      () => 'open',
    ),
  ];
}

/** What costs little to send and something to take is counted by socket and by person. */
export const cheapFrames: Attack = {
  name: 'cheap-frames',
  sends:
    'pings, empty frames, fragments, subscriptions that come and go, and garbage, on 20 sockets in a loop',
  async run(stage) {
    const kinds = floods(stage);
    // All kinds at once: each is limited by itself, and people have the sum of them to bear.
    const people = await stage.joinAll('pinger', 2 * kinds.length);
    const outcomes = kinds.map((flood, i) => run(stage, people.slice(2 * i, 2 * i + 2), flood));
    return (await Promise.all(outcomes)).flat();
  },
};
