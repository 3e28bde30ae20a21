import { newClientId } from '@confab/contract';
import { refusal, settled, type Person, type World } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { atEveryWrite } from './dying-process.ts';
import { heldBefore } from './held-calls.ts';
import { aWorld } from './scene.ts';

type People = readonly [ada: Person, bob: Person, cleo: Person];

async function three(world: World): Promise<People> {
  return [await world.person('ada'), await world.person('bob'), await world.person('cleo')];
}

/** Who is in a group, as its creator lists them. */
async function namesOf({ api }: Person, conversationId: string): Promise<string> {
  const { members } = await api.members.list({ conversationId });
  return members.map(({ user }) => user.name).join(', ');
}

const groupsOf = async ({ api }: Person) => (await api.conversations.list({})).conversations;

describe('a group that two requests want to make under one client id', () => {
  it('has the people of the one that made it, though both had begun on two processes', async () => {
    const world = await aWorld();
    const people = await three(world);
    const [ada, bob, cleo] = people;
    const other = await world.process();
    const there = await ada.via(other);
    const request = { clientId: newClientId(), name: 'Pier 7' };
    const { conversations, memberships } = other.core.db;
    // It has looked for the group by then, and found none.
    const held = heldBefore([
      [conversations, 'insert'],
      [memberships, 'createMissing'],
    ]);
    const late = refusal(there.conversations.createGroup({ ...request, userIds: [cleo.id] }));
    await held.reached;
    const { id } = await ada.api.conversations.createGroup({ ...request, userIds: [bob.id] });
    held.release();
    expect((await late).code).toBe('CLIENT_ID_REUSED');
    expect(await namesOf(ada, id)).toBe('ada, bob');
    expect(await groupsOf(cleo)).toEqual([]);
  });

  it('has nobody whom only a request asked for that died, at whichever write', async () => {
    const world = await aWorld();
    const people = await three(world);
    const [ada, bob, cleo] = people;
    const count = await atEveryWrite(async (die) => {
      const request = { clientId: newClientId(), name: 'Pier 7' };
      const first = { ...request, userIds: [bob.id, cleo.id] };
      const dying = die(world.backend);
      const made = await ada.api.conversations.createGroup(first).catch(() => null);
      dying.revive();
      await settled(world.backend);
      const invisible = (await groupsOf(cleo)).length === 0;
      const second = ada.api.conversations.createGroup({ ...request, userIds: [bob.id] });
      const without = await second.catch(() => null);
      if (without) {
        expect(invisible).toBe(true);
        expect(made).toBeNull();
        expect(without.memberCount).toBe(2);
        expect(await namesOf(ada, without.id)).toBe('ada, bob');
        await ada.api.conversations.leave({ conversationId: without.id });
        return;
      }
      expect((await refusal(second)).code).toBe('CLIENT_ID_REUSED');
      // The request that began it completes it.
      const { id, memberCount } = await ada.api.conversations.createGroup(first);
      expect(memberCount).toBe(3);
      expect((await namesOf(ada, id)).split(', ').sort()).toEqual(['ada', 'bob', 'cleo']);
      const { entries } = await bob.api.messages.page({ conversationId: id });
      expect(entries.map(({ kind }) => kind)).toEqual(['created']);
      await cleo.api.conversations.leave({ conversationId: id });
    });
    expect(count).toBeGreaterThan(3);
  });
});
