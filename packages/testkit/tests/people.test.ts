import { limits, newClientId } from '@confab/contract';
import { refusal } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { aWorld } from './scene.ts';

describe('a profile', () => {
  it('names the groups and rooms that both are in, latest activity first, the first ones only', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = await Promise.all([
      world.person('ada'),
      world.person('bob'),
      world.person('cleo'),
    ]);
    await ada.api.conversations.openDirect({ userId: bob.id });
    const group = { clientId: newClientId(), name: 'Both', userIds: [bob.id] };
    const both = await ada.api.conversations.createGroup(group);
    const without = { clientId: newClientId(), name: 'Without', userIds: [cleo.id] };
    await ada.api.conversations.createGroup(without);
    const room = await bob.api.rooms.create({ clientId: newClientId(), name: 'Harbour' });
    await bob.api.rooms.create({ clientId: newClientId(), name: 'Elsewhere' });
    await ada.api.rooms.join({ conversationId: room.id });
    await ada.api.messages.send({ conversationId: both.id, clientId: newClientId(), text: 'latest' });
    const profile = await ada.api.users.profile({ userId: bob.id });
    expect(profile).toMatchObject({ user: { id: bob.id, name: 'bob' }, blocked: false });
    expect(profile.shared).toEqual([
      { id: both.id, kind: 'group', name: 'Both' },
      { id: room.id, kind: 'room', name: 'Harbour' },
    ]);
    await ada.api.conversations.leave({ conversationId: room.id });
    expect((await ada.api.users.profile({ userId: bob.id })).shared).toHaveLength(1);
    for (let i = 0; i < limits.sharedConversationsShown; i++) {
      await ada.api.conversations.createGroup({ ...group, clientId: newClientId() });
    }
    const full = await ada.api.users.profile({ userId: bob.id });
    expect(full.shared).toHaveLength(limits.sharedConversationsShown);
    expect((await ada.api.users.profile({ userId: ada.id })).shared).toEqual([]);
  });

  it('tells whom the reader blocked, and not who blocked the reader', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    await ada.api.users.block({ userId: bob.id });
    expect((await ada.api.users.profile({ userId: bob.id })).blocked).toBe(true);
    expect((await bob.api.users.profile({ userId: ada.id })).blocked).toBe(false);
    await ada.api.users.unblock({ userId: bob.id });
    expect((await ada.api.users.profile({ userId: bob.id })).blocked).toBe(false);
    expect((await refusal(ada.api.users.profile({ userId: 'f'.repeat(24) }))).code).toBe('NOT_FOUND');
  });
});
