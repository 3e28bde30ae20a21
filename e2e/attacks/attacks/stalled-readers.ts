import { newClientId } from '@confab/contract';
import { Device } from '../../chaos/clients/device.ts';
import type { User } from '../../chaos/clients/user.ts';
import { until } from '../../chaos/pause.ts';
import { seededRandom } from '../../chaos/random.ts';
import { hasProc, readPeak, readProcessState } from '../../processes/process-state.ts';
import { type Attack, atMost, type Check, equal } from '../attack.ts';
import { heldConnections } from '../stage/held-connections.ts';
import type { Door, Stage } from '../stage/stage.ts';
import { longText } from '../stage/town.ts';
import { AttackSocket } from '../wire/attack-socket.ts';
import { inParallel, times } from '../wire/in-parallel.ts';
import { Throttle } from '../wire/throttle.ts';

const mib = 1_048_576;
/** Of a reader who reads nothing (guarantees.md, G8). */
const perStalledMib = 1.5;
/** For what everybody else is sent meanwhile. */
const otherMib = 80;
const slowBytesPerSecond = 8_192;
const socketsPerPerson = 10;
/** Far above what the product grants. */
const droppedMaxMs = 60_000;
const resumeMaxMs = 40_000;

const doorOf = (number: number): Door => (number % 2 === 0 ? 'ws' : 'ws-2');

interface Room {
  readonly id: string;
  readonly writers: readonly User[];
  readonly readers: readonly User[];
}

async function openRoom(stage: Stage, writers: number, readers: number): Promise<Room> {
  const people = await stage.joinAll('reader', writers + readers);
  const [owner, ...others] = people;
  if (!owner) throw new RangeError('a room needs somebody');
  const { id } = await owner.api.rooms.create.mutate({ clientId: newClientId(), name: 'loud' });
  await inParallel(others, 4, ({ api }) => api.rooms.join.mutate({ conversationId: id }));
  return { id, writers: people.slice(0, writers), readers: people.slice(writers) };
}

/** A socket that follows everything, until it is paused. */
async function follow(url: string, { headers }: User): Promise<AttackSocket> {
  const socket = new AttackSocket(url, { headers: { ...headers } });
  await socket.opened();
  socket.call(1, 'subscription', 'live.events');
  await until(() => socket.data > 0 || socket.isClosed, { maxMs: 20_000 });
  return socket;
}

/** A whole client behind a line of its own. */
async function device(stage: Stage, { id }: Room, user: User, number: number) {
  const line = await Throttle.open(stage.port('ws'), Infinity);
  const conversations = [{ id, kind: 'room' as const, members: [user] }];
  const url = `ws://127.0.0.1:${line.port}/ws?device=${number}`;
  const client = new Device({
    number,
    user,
    conversations,
    url,
    origin: stage.origin,
    random: seededRandom(`reader ${number}`),
  });
  client.start();
  await until(() => client.isOnline && client.shownOf(id).length > 0, { maxMs: 20_000 });
  return { line, client };
}

async function shout({ id, writers }: Room, each: number): Promise<number> {
  const revs = await inParallel(writers, writers.length, async ({ api }) => {
    let rev = 0;
    for (let sent = 0; sent < each; sent += 1)
      ({ rev } = (
        await api.messages.send.mutate({ conversationId: id, clientId: newClientId(), text: longText })
      ).entry);
    return rev;
  });
  return Math.max(...revs);
}

function isWhole(client: Device, roomId: string, head: number): boolean {
  const revs = client.shownOf(roomId).map(({ rev }) => rev);
  return revs.at(-1) === head && revs.every((rev, i) => i === 0 || rev === (revs[i - 1] ?? 0) + 1);
}

/** Who reads nothing costs little and is dropped; who reads slowly stays; both go on without a loss. */
export const stalledReaders: Attack = {
  name: 'stalled-readers',
  sends:
    'megabytes to readers who read nothing, and to some who read 8 KiB a second; then all of them read again',
  async run(stage) {
    const stalledCount = stage.pick(50, 500);
    const slowCount = stage.pick(5, 50);
    const persons = Math.ceil(stalledCount / socketsPerPerson) + Math.ceil(slowCount / socketsPerPerson) + 2;
    const room = await openRoom(stage, stage.pick(8, 12), persons);
    const readers = [...room.readers];
    const next = (sockets: number) =>
      times(sockets).map((i) => readers[Math.floor(i / socketsPerPerson)] as User);
    const slowLine = await Throttle.open(stage.port('ws'), Infinity);
    const slow = await Promise.all(
      next(slowCount).map((user) => follow(`ws://127.0.0.1:${slowLine.port}/ws`, user)),
    );
    readers.splice(0, Math.ceil(slowCount / socketsPerPerson));
    const stalled = await inParallel(next(stalledCount), 10, (user, i) => follow(stage.url(doorOf(i)), user));
    const devices = await Promise.all(room.readers.slice(-2).map((user, i) => device(stage, room, user, i)));

    const ws = stage.product.pidOf('ws') ?? 0;
    const before = hasProc ? readProcessState(ws) : null;
    for (const socket of stalled) socket.pause();
    slowLine.bytesPerSecond = slowBytesPerSecond;
    for (const [i, { line }] of devices.entries()) line.bytesPerSecond = i === 0 ? 0 : slowBytesPerSecond;
    const head = await shout(room, stage.pick(30, 55));

    const checks: Check[] = [];
    const here = stalledCount / 2;
    if (before) {
      const pairs = stalled.map(({ localPort }, i) => ({ client: localPort, server: stage.port(doorOf(i)) }));
      await until(() => heldConnections(pairs) === 0, { maxMs: droppedMaxMs, everyMs: 250 });
      checks.push(equal('sockets of readers of nothing that are still held', heldConnections(pairs), 0));
      checks.push(
        equal('sockets of slow readers that are still held', heldConnections(slowLine.pairs), slowCount),
      );
      const max = Math.round(here * perStalledMib + otherMib);
      checks.push(
        atMost(`MiB that ws took for ${here} of them`, Math.round((readPeak(ws) - before.rss) / mib), max),
      );
    }
    slowLine.bytesPerSecond = Infinity;
    for (const { line } of devices) line.bytesPerSecond = Infinity;
    const whole = () => devices.every(({ client }) => isWhole(client, room.id, head));
    await until(whole, { maxMs: resumeMaxMs, everyMs: 250 });
    for (const [i, { client }] of devices.entries())
      checks.push(
        equal(
          `who ${i === 0 ? 'read nothing' : 'read slowly'} shows everything afterwards`,
          isWhole(client, room.id, head),
          true,
        ),
      );
    for (const socket of [...stalled, ...slow]) socket.leave();
    slowLine.close();
    for (const { client, line } of devices) {
      client.stop();
      line.close();
    }
    return checks;
  },
};
