import type { Backend } from '@confab/api';
import { type ChangeEntry, type Entry, type MessageEntry, newClientId } from '@confab/contract';
import { createWorld, type Person, type World, type WorldOptions } from '../src/index.ts';
import { onTestFinished } from 'vitest';

/** Some people in one conversation, and what they do there in a few words. */
export interface Scene {
  readonly world: World;
  readonly ada: Person;
  readonly bob: Person;
  readonly conversationId: string;
  send(person: Person, text: string): Promise<MessageEntry>;
  edit(person: Person, message: MessageEntry, text: string): Promise<ChangeEntry>;
  remove(person: Person, message: MessageEntry): Promise<ChangeEntry>;
  react(person: Person, message: MessageEntry, emoji: string, on?: boolean): Promise<ChangeEntry>;
  page(person: Person): Promise<readonly Entry[]>;
  /** As a reader of the newest page finds this message. */
  find(person: Person, message: MessageEntry): Promise<MessageEntry>;
  conversation(person: Person): ReturnType<Person['api']['conversations']['get']>;
  mark(
    person: Person,
    marks: { readSeq?: number; deliveredSeq?: number },
  ): ReturnType<Person['api']['conversations']['mark']>;
}

export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const world = await createWorld(options);
  onTestFinished(() => world[Symbol.asyncDispose]());
  return world;
}

/** ada and bob in a direct conversation: revs begin with their first message. */
export async function aPair(options: WorldOptions = {}): Promise<Scene> {
  const world = await aWorld(options);
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
  return scene(world, { ada, bob, conversationId: id });
}

/** ada's group with bob: rev 1 is its beginning. */
export async function aGroup(options: WorldOptions = {}): Promise<Scene> {
  const world = await aWorld(options);
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const group = { clientId: newClientId(), name: 'G', userIds: [bob.id] };
  const { id } = await ada.api.conversations.createGroup(group);
  return scene(world, { ada, bob, conversationId: id });
}

/** ada's public room with bob in it: rev 1 is its beginning, rev 2 his coming. */
export async function aRoom(options: WorldOptions = {}): Promise<Scene> {
  const world = await aWorld(options);
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
  await bob.api.rooms.join({ conversationId: id });
  return scene(world, { ada, bob, conversationId: id });
}

/** The same scene as it is reached through another process. */
export async function onProcess(s: Scene, process: Backend): Promise<Scene> {
  const via = async (person: Person) => ({ ...person, api: await person.via(process) });
  const [ada, bob] = [await via(s.ada), await via(s.bob)];
  return scene({ ...s.world, backend: process }, { ada, bob, conversationId: s.conversationId });
}

export function requireMessage(entry: Entry | null | undefined): MessageEntry {
  if (entry?.kind !== 'message') throw new Error('this is no message');
  return entry;
}

export function scene(world: World, parts: Pick<Scene, 'ada' | 'bob' | 'conversationId'>): Scene {
  const { conversationId } = parts;
  const change = ({ id: messageId }: MessageEntry) => ({
    conversationId,
    messageId,
    clientId: newClientId(),
  });
  const page = async ({ api }: Person) => (await api.messages.page({ conversationId })).entries;
  return {
    world,
    ...parts,
    page,
    send: async ({ api }, text) =>
      requireMessage((await api.messages.send({ conversationId, clientId: newClientId(), text })).entry),
    edit: async ({ api }, message, text) => (await api.messages.edit({ ...change(message), text })).entry,
    remove: async ({ api }, message) => (await api.messages.delete(change(message))).entry,
    react: async ({ api }, message, emoji, on = true) =>
      (await api.messages.react({ ...change(message), emoji, on })).entry,
    find: async (person, { rev }) => requireMessage((await page(person)).find((entry) => entry.rev === rev)),
    conversation: ({ api }) => api.conversations.get({ conversationId }),
    mark: ({ api }, marks) =>
      api.conversations.mark({ conversationId, epoch: world.backend.core.db.epoch, ...marks }),
  };
}
