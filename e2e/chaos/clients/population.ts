import { newClientId } from '@confab/contract';
import type { Random } from '../random.ts';
import { pause } from '../pause.ts';
import { BusyError, enter, type User } from './user.ts';

const devicesPerUser = 2.5;
const groupSize = 6;
const signInsMax = 60;
const signInAgainMs = 1_000;

export interface Conversation {
  readonly id: string;
  readonly kind: 'direct' | 'group' | 'room';
  /** The first one sees its log from the beginning. */
  readonly members: readonly User[];
}

export interface Population {
  readonly users: readonly User[];
  readonly conversations: readonly Conversation[];
}

/** Users for so many devices: all in one room, each in a group, each with two direct conversations. */
export async function createPopulation(origin: string, devices: number, random: Random): Promise<Population> {
  const count = Math.max(2, Math.ceil(devices / devicesPerUser));
  const users = await Promise.all(
    Array.from({ length: count }, (_, i) =>
      enter(origin, addressOf(i), {
        procedure: 'register',
        name: `user-${i}`,
        email: `user-${i}@example.org`,
      }),
    ),
  );
  const groups = Array.from({ length: Math.ceil(count / (groupSize - 1)) }, () =>
    random.sample(users, Math.min(groupSize, count)),
  );
  const pairs = users.flatMap((user, i) => {
    const next = users[(i + 1) % count];
    return next && (i + 1 < count || count > 2) ? [[user, next] as const] : [];
  });
  const conversations = await Promise.all([
    createRoom(users),
    ...groups.map(createGroup),
    ...pairs.map(([a, b]) => openDirect(a, b)),
  ]);
  return { users, conversations };
}

/**
 * A new session of somebody who exists: another device, as the server sees it. Tries again while the server says that it
 * is busy: faults may just have ended.
 */
export async function signInAgain(origin: string, user: User, address: string): Promise<User> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await enter(origin, address, { procedure: 'signIn', login: user.name });
    } catch (error) {
      if (!(error instanceof BusyError) || attempt === signInsMax) throw error;
      await pause(signInAgainMs);
    }
  }
}

/** An address of their own for everybody. */
export function addressOf(index: number): string {
  return `10.1.${index >> 8}.${index & 255}`;
}

async function createRoom(members: readonly User[]): Promise<Conversation> {
  const [owner, ...others] = members;
  if (owner === undefined) throw new RangeError('a room needs somebody');
  const { id } = await owner.api.rooms.create.mutate({ clientId: newClientId(), name: 'everybody' });
  await Promise.all(others.map(({ api }) => api.rooms.join.mutate({ conversationId: id })));
  return { id, kind: 'room', members };
}

async function createGroup(members: readonly User[], index: number): Promise<Conversation> {
  const [owner, ...others] = members;
  if (owner === undefined) throw new RangeError('a group needs somebody');
  const userIds = others.map(({ id }) => id);
  const input = { clientId: newClientId(), name: `group ${index}`, userIds };
  return { id: (await owner.api.conversations.createGroup.mutate(input)).id, kind: 'group', members };
}

async function openDirect(a: User, b: User): Promise<Conversation> {
  const { id } = await a.api.conversations.openDirect.mutate({ userId: b.id });
  return { id, kind: 'direct', members: [a, b] };
}
