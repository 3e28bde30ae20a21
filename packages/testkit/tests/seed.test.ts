import { messageTextSchema, userNameSchema } from '@confab/contract';
import { listConversations, listRooms, signIn } from '@confab/core';
import type { EntryRecord } from '@confab/db';
import { createWorld, type World } from '../src/index.ts';
import { expect, it } from 'vitest';
import { demoPassword, demoPeople } from '../src/seed/people.ts';
import { planDemo } from '../src/seed/plan-demo.ts';
import { seedDemo } from '../src/seed/seed-demo.ts';

const until = new Date('2026-03-18T15:00:00Z');
const small = { messages: 200, until };

/** Every conversation's log in the order of its revs. */
async function logsOf({ backend: { core } }: World): Promise<Map<string, EntryRecord[]>> {
  const ids = (await core.db.conversations.model.find({}, { _id: 1 }).lean()).map(({ _id }) =>
    _id.toHexString(),
  );
  const logs = ids.map(async (conversationId) => {
    const entries = await core.db.timeline.listAllAbove({ conversationId, after: 0, limit: 1_000 });
    return [conversationId, entries] as const;
  });
  return new Map(await Promise.all(logs));
}

async function userNamed({ backend: { core } }: World, name: string) {
  const found = await core.db.users.findCredentials({ nameKey: name });
  if (!found) throw new Error(`nobody is called ${name}`);
  return { userId: found.user.id, name, sessionId: '' };
}

it('fills an empty database with people, rooms, groups and messages, and once only', async () => {
  await using world = await createWorld();
  const { core } = world.backend;
  expect(await seedDemo(core, small)).toBe('filled');

  expect(await core.db.users.model.countDocuments()).toBe(20);
  expect(await core.db.sessions.model.countDocuments()).toBe(0);
  const kinds = await core.db.conversations.model.find({}, { kind: 1 }).lean();
  expect(kinds.filter(({ kind }) => kind === 'group')).toHaveLength(5);
  expect(kinds.filter(({ kind }) => kind === 'direct')).toHaveLength(12);
  const ada = await userNamed(world, 'ada');
  const { rooms } = await listRooms(core, ada, { prefix: '', limit: 50 });
  expect(rooms).toHaveLength(8);
  expect(rooms.filter(({ joined }) => joined)).toHaveLength(4);
  const { conversations } = await listConversations(core, ada, { limit: 100 });
  expect(conversations[0]?.name).toBe('Pier 7 rollout');
  expect(conversations.every(({ lastMessage }) => lastMessage !== null)).toBe(true);

  const before = await logsOf(world);
  expect([...before.values()].flat().filter(({ kind }) => kind === 'message')).toHaveLength(200);
  expect(await seedDemo(core, { ...small, until: new Date('2026-03-19T15:00:00Z') })).toBe('present');
  expect(await logsOf(world)).toEqual(before);
});

it('numbers every log without holes, with times that rise with the numbers', async () => {
  await using world = await createWorld();
  await seedDemo(world.backend.core, small);
  const logs = [...(await logsOf(world)).values()];
  expect(logs).toHaveLength(25);
  for (const log of logs) {
    expect(log.map(({ rev }) => rev)).toEqual(log.map((_, i) => i + 1));
    const times = log.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(until.getTime());
  }
});

it('lets everybody in with the one password', async () => {
  await using world = await createWorld();
  await seedDemo(world.backend.core, small);
  for (const [i, { name }] of demoPeople.entries()) {
    const origin = { address: `10.1.0.${String(i)}`, userAgent: '' };
    const { account } = await signIn(world.backend.core, { login: name, password: demoPassword }, origin);
    expect(account.name).toBe(name);
  }
});

it('leaves a database alone that has accounts of its own, also under the names of the demo', async () => {
  await using world = await createWorld();
  await world.person('ada');
  expect(await seedDemo(world.backend.core, small)).toBe('inUse');
  expect(await world.backend.core.db.users.model.countDocuments()).toBe(1);
  expect(await world.backend.core.db.conversations.model.countDocuments()).toBe(0);
});

it('completes the messages of a run that was cut short, as that run would have', async () => {
  await using cut = await createWorld();
  await using whole = await createWorld();
  await seedDemo(whole.backend.core, small);

  const { core } = cut.backend;
  let left = 150;
  const append: typeof core.timeline.append = (request) =>
    left-- > 0 ? core.timeline.append(request) : Promise.reject(new Error('killed'));
  const dying = { ...core, timeline: { ...core.timeline, append } };
  await expect(seedDemo(dying, small)).rejects.toThrow('killed');

  expect(await seedDemo(core, { messages: 300 })).toBe('filled');
  const messages = async (world: World) =>
    [...(await logsOf(world)).values()]
      .flat()
      .flatMap((entry) =>
        entry.kind === 'message' ? [`${entry.createdAt.toISOString()} ${entry.text}`] : [],
      )
      .sort();
  expect(await messages(cut)).toEqual(await messages(whole));
});

it('plans the same demo again from the same seed, and another from another', () => {
  const options = { seed: 'tides', until, messages: 5_000 };
  expect(planDemo(options)).toEqual(planDemo(options));
  expect(planDemo({ ...options, seed: 'ebb' })).not.toEqual(planDemo(options));
});

it('plans only what people could have written themselves', () => {
  const { people, conversations } = planDemo({ seed: 'tides', until, messages: 5_000 });
  const messages = conversations.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'message' ? [step] : [])),
  );
  expect(messages).toHaveLength(5_000);
  for (const { text } of messages) {
    expect(messageTextSchema.parse(text)).toBe(text);
    // What is left of a line's own notation would be a slot that nothing filled.
    expect(text).not.toMatch(/[{}<>¶]/);
  }
  for (const { name } of people) expect(userNameSchema.parse(name)).toBe(name);
});
