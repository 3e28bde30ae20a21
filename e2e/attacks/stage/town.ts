import { newClientId } from '@confab/contract';
import type { User } from '../../chaos/clients/user.ts';
import { inParallel, times } from '../wire/in-parallel.ts';
import type { Stage } from './stage.ts';

/** What makes reading costly: rooms full of people, and a history of long messages. */
export interface Town {
  readonly people: readonly User[];
  /** Public, each with the first `peopleCount` people or nearly all of them. */
  readonly roomIds: readonly string[];
  /** A group of the first four, with 100 messages of 30 KB: a page of 3 MB. */
  readonly longGroupId: string;
}

const peopleCount = 20;
const roomsPerFounder = 3;
const founders = 8;
const longMessages = 100;
const writers = 4;
/** 10,000 characters of three bytes each. */
export const longText = '字'.repeat(10_000);

export async function buildTown(stage: Stage): Promise<Town> {
  const people = await stage.joinAll('towner', peopleCount);
  const created = await inParallel(people.slice(0, founders), 4, async ({ api }, number) => {
    const ids: string[] = [];
    for (const room of times(roomsPerFounder))
      ids.push(
        (await api.rooms.create.mutate({ clientId: newClientId(), name: `room ${number} ${room}` })).id,
      );
    return ids;
  });
  const roomIds = created.flat();
  await inParallel(people, 4, async ({ api }, number) => {
    for (const [i, conversationId] of roomIds.entries())
      if (number !== Math.floor(i / roomsPerFounder)) await api.rooms.join.mutate({ conversationId });
  });
  return { people, roomIds, longGroupId: await writeLongGroup(people.slice(0, writers)) };
}

async function writeLongGroup(members: readonly User[]): Promise<string> {
  const [owner, ...others] = members;
  if (owner === undefined) throw new RangeError('a group needs somebody');
  const userIds = others.map(({ id }) => id);
  const { id } = await owner.api.conversations.createGroup.mutate({
    clientId: newClientId(),
    name: 'long',
    userIds,
  });
  await inParallel(members, writers, async ({ api }) => {
    for (let sent = 0; sent < longMessages / writers; sent += 1)
      await api.messages.send.mutate({ conversationId: id, clientId: newClientId(), text: longText });
  });
  return id;
}
