import { until } from '@confab/e2e/chaos/pause';
import type { User } from '@confab/e2e/chaos/clients/user';
import { Crowd } from './crowd.ts';
import { countFigure, type Figure, timesFigure } from './figure.ts';
import { talk } from './talk.ts';
import type { WatchedSocket } from './watched-socket.ts';
import type { World } from './world.ts';

const people = 25;
const socketsEach = 20;
/** Both processes of ws. */
const promisedMs = 2_000;
/** With Redis away: two rounds of the watchdog, and what it asks. */
const alonePromisedMs = 10_000;
/** Goes on so long after the last end, to see that nothing comes any more. */
const afterMs = 3_000;

interface Way {
  readonly name: string;
  /** `socket`: closed with 4401; `conversation`: told that the reader is out of it. */
  readonly ends: 'socket' | 'conversation';
  readonly redisAway?: boolean;
  revoke(crowd: Crowd, person: User, conversationId: string): Promise<unknown>;
}

const endOthers = ({ api }: User) => api.auth.endOtherSessions.mutate();
const remove: Way['revoke'] = ({ owner }, { id: userId }, conversationId) =>
  owner.api.members.remove.mutate({ conversationId, userId });
const ban: Way['revoke'] = ({ owner }, { id: userId }, conversationId) =>
  owner.api.members.ban.mutate({ conversationId, userId });

/** The password comes last: nobody signs in with the old one after it. */
const ways: readonly Way[] = [
  { name: 'other sessions ended', ends: 'socket', revoke: (_, person) => endOthers(person) },
  { name: 'removed', ends: 'conversation', revoke: remove },
  { name: 'banned', ends: 'conversation', revoke: ban },
  {
    name: 'other sessions ended, Redis away',
    ends: 'socket',
    redisAway: true,
    revoke: (_, person) => endOthers(person),
  },
  { name: 'removed, Redis away', ends: 'conversation', redisAway: true, revoke: remove },
  { name: 'password changed', ends: 'socket', revoke: (crowd, person) => crowd.changePassword(person) },
];

interface Ended {
  readonly socket: WatchedSocket;
  /** When the call that took the access away began, and when it was answered. */
  readonly asked: number;
  readonly answered: number;
}

async function measureWay(world: World, crowd: Crowd, way: Way): Promise<Figure[]> {
  const conversationId = await crowd.createGroup();
  const sockets = await crowd.openSockets(socketsEach, conversationId);
  const all = [...sockets.values()].flat();
  const stop = talk(crowd, conversationId);
  try {
    if (!(await until(() => all.every(({ events }) => events >= 3), { maxMs: 60_000 })))
      throw new Error('the messages do not reach every socket');
    const thaw = way.redisAway === true ? world.product.freeze('redis') : null;
    try {
      const ended = await Promise.all(
        [...sockets].map(async ([person, own]): Promise<Ended[]> => {
          const asked = performance.now();
          await way.revoke(crowd, person, conversationId);
          const answered = performance.now();
          return own.map((socket) => ({ socket, asked, answered }));
        }),
      );
      const isOver = ({ closedAt, leftAt }: WatchedSocket) =>
        (way.ends === 'socket' ? closedAt : leftAt) !== null;
      await until(() => all.every(isOver), { maxMs: alonePromisedMs * 2 });
      const before = performance.now();
      await until(() => performance.now() - before > afterMs, { maxMs: afterMs * 2 });
      return figures(way, ended.flat());
    } finally {
      thaw?.();
      await until(() => world.product.ready, { maxMs: 30_000 });
    }
  } finally {
    await stop();
    for (const socket of all) socket.close();
  }
}

function figures(way: Way, ended: readonly Ended[]): Figure[] {
  const limitMs = way.redisAway === true ? alonePromisedMs : promisedMs;
  const size = `${String(ended.length)} sockets of ${String(people)} people, 2 ws`;
  const endOf = ({ closedAt, leftAt }: WatchedSocket) =>
    (way.ends === 'socket' ? closedAt : leftAt) ?? Infinity;
  const count = (isCounted: (at: number, each: Ended) => boolean) =>
    ended.reduce((sum, each) => sum + each.socket.eventTimes.filter((at) => isCounted(at, each)).length, 0);
  const end = way.ends === 'socket' ? 'closed' : 'told and shut';
  return [
    timesFigure(
      { what: `${way.name}: from the call until ${end}`, size },
      ended.map(({ socket, asked }) => endOf(socket) - asked),
      null,
    ),
    timesFigure(
      { what: `${way.name}: from the answer until ${end}`, size },
      // A socket that ended before the answer ended in no time at all.
      ended.map(({ socket, answered }) => Math.max(0, endOf(socket) - answered)),
      limitMs,
    ),
    countFigure(
      { what: `${way.name}: events between answer and end`, size },
      count((at, { socket, answered }) => at > answered && at <= endOf(socket)),
      null,
    ),
    countFigure(
      { what: `${way.name}: events after the end`, size },
      count((at, { socket }) => at > endOf(socket)),
      { exactly: 0 },
    ),
    ...(way.ends === 'socket'
      ? [
          countFigure(
            { what: `${way.name}: closed with 4401`, size },
            ended.filter(({ socket }) => socket.closeCode === 4_401).length,
            {
              exactly: ended.length,
            },
          ),
        ]
      : []),
  ];
}

/** Access is taken away from sockets in the middle of a stream of messages. */
export async function measureRevocation(world: World): Promise<Figure[]> {
  const crowd = await Crowd.gather(world, people);
  const found: Figure[] = [];
  for (const way of ways) {
    found.push(...(await measureWay(world, crowd, way)));
    world.say(`${way.name}: over.`);
  }
  return found;
}
