import type { Backend } from '@confab/api';
import { type Account, type Client, newClientId } from '../send/crowd.ts';
import { databaseCost, type DatabaseCost } from './database-cost.ts';
import { inTurns, type Timing } from './sample.ts';

/** One room, and who does something in it. */
export interface RoomCase {
  readonly conversationId: string;
  readonly members: number;
}

export interface RoomRun extends Timing, DatabaseCost {
  readonly does: string;
  readonly members: number;
}

const explained = 10;

interface RoomCall {
  readonly does: string;
  /** Timed: as people reach it. */
  readonly call: (room: RoomCase, turn: number) => Promise<unknown>;
  /** Explained: the same in this process, which reports its commands. */
  readonly here: (room: RoomCase, turn: number) => Promise<unknown>;
  readonly turns: number;
  /** What this process has to know before it costs what it costs from then on. */
  readonly warmUp?: (room: RoomCase) => Promise<unknown>;
}

/** What is done in a room, in rooms of all sizes in turns. */
async function measure(backend: Backend, rooms: readonly RoomCase[], what: RoomCall): Promise<RoomRun[]> {
  const timings = await inTurns(
    what.turns,
    rooms.map((room) => (turn) => what.call(room, turn)),
  );
  const runs: RoomRun[] = [];
  for (const [i, room] of rooms.entries()) {
    await what.warmUp?.(room);
    const calls = Array.from({ length: explained }, (_, turn) => () => what.here(room, what.turns + turn));
    const cost = await databaseCost(backend, calls);
    const timing = timings[i];
    if (timing) runs.push({ does: what.does, members: room.members, ...timing, ...cost });
  }
  return runs;
}

/** Sends through a socket of another process to the acknowledgement; nobody listens. One on its way at a time. */
export function measureSends(
  backend: Backend,
  rooms: readonly RoomCase[],
  { clients, accounts, turns }: { clients: readonly Client[]; accounts: readonly Account[]; turns: number },
): Promise<RoomRun[]> {
  const message = ({ conversationId }: RoomCase, turn: number) => ({
    conversationId,
    clientId: newClientId(),
    text: `message ${String(turn)} of a benchmark, as long as people write them`,
  });
  return measure(backend, rooms, {
    does: 'send, to the ack',
    turns,
    call: async (room, turn) => {
      await clients[turn % clients.length]?.trpc.messages.send.mutate(message(room, turn));
    },
    here: async (room, turn) => {
      await accounts[turn % explained]?.api.messages.send(message(room, turn));
    },
    warmUp: (room) =>
      Promise.all(accounts.slice(0, explained).map(({ api }) => api.messages.send(message(room, 0)))),
  });
}

/** Each account joins each room once. */
export function measureJoins(
  backend: Backend,
  rooms: readonly RoomCase[],
  accounts: readonly Account[],
): Promise<RoomRun[]> {
  const join = async ({ conversationId }: RoomCase, turn: number) => {
    await accounts[turn]?.api.rooms.join({ conversationId });
  };
  return measure(backend, rooms, {
    does: 'join',
    turns: accounts.length - explained,
    call: join,
    here: join,
  });
}

/** The first 50 members, and 50 from where half of them have been read. */
export async function measureMemberPages(
  backend: Backend,
  rooms: readonly RoomCase[],
  { reader, turns }: { reader: Account; turns: number },
): Promise<RoomRun[]> {
  const middles = new Map<string, string>();
  for (const { conversationId, members } of rooms) {
    let read = 0;
    let cursor: string | null | undefined;
    do {
      const page = await reader.api.members.list({ conversationId, limit: 50, ...(cursor && { cursor }) });
      read += page.members.length;
      cursor = page.nextCursor;
    } while (cursor !== null && read < members / 2);
    if (cursor !== null) middles.set(conversationId, cursor);
  }
  const first = ({ conversationId }: RoomCase) => reader.api.members.list({ conversationId });
  const middle = ({ conversationId }: RoomCase) => {
    const cursor = middles.get(conversationId);
    return reader.api.members.list({ conversationId, ...(cursor !== undefined && { cursor }) });
  };
  const large = rooms.filter(({ conversationId }) => middles.has(conversationId));
  return [
    ...(await measure(backend, rooms, { does: 'first page of members', turns, call: first, here: first })),
    ...(await measure(backend, large, { does: 'members, half-way', turns, call: middle, here: middle })),
  ];
}
