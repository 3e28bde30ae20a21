import { newClientId } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { type Person, refusal } from '../src/index.ts';
import { aWorld } from './scene.ts';

/** Ada and Eve, who is a stranger to her; Ada lets only those add her to whom she has written. */
async function aChoosyAda() {
  const world = await aWorld();
  const [ada, eve, bob] = [await world.person('ada'), await world.person('eve'), await world.person('bob')];
  await ada.api.auth.updateAccount({ addableBy: 'contacts' });
  return { world, ada, eve, bob };
}

const groupOf = (by: Person, ...people: Person[]) =>
  by.api.conversations.createGroup({
    clientId: newClientId(),
    name: 'G',
    userIds: people.map(({ id }) => id),
  });

const write = async (from: Person, to: Person) => {
  const { id: conversationId } = await from.api.conversations.openDirect({ userId: to.id });
  return from.api.messages.send({ conversationId, clientId: newClientId(), text: 'hello' });
};

describe('who chose to be added only by people to whom they have written', () => {
  it('is added by no stranger, by whichever way', async () => {
    const { ada, eve, bob } = await aChoosyAda();
    const refused = { code: 'NOT_ADDABLE', field: 'userIds' };
    expect(await refusal(groupOf(eve, bob, ada))).toMatchObject(refused);
    const byNames = { clientId: newClientId(), name: 'G', users: ['ada'] };
    expect(await refusal(eve.api.conversations.createGroupByNames(byNames))).toMatchObject(refused);
    const group = await groupOf(eve, bob);
    const room = await eve.api.rooms.create({ clientId: newClientId(), name: 'R' });
    for (const { id: conversationId } of [group, room]) {
      expect(await refusal(eve.api.members.add({ conversationId, userId: ada.id }))).toMatchObject({
        code: 'NOT_ADDABLE',
        field: 'userId',
      });
    }
    expect((await ada.api.conversations.list({})).conversations).toEqual([]);
  });

  it('is not made a contact by what a stranger writes', async () => {
    const { ada, eve } = await aChoosyAda();
    await write(eve, ada);
    expect((await refusal(groupOf(eve, ada))).code).toBe('NOT_ADDABLE');
  });

  it('is added by those to whom they have written, and comes in wherever they like', async () => {
    const { ada, bob } = await aChoosyAda();
    await write(ada, bob);
    const { id: conversationId } = await groupOf(bob, ada);
    expect((await ada.api.conversations.list({})).conversations).toMatchObject([{}, {}]);
    await ada.api.conversations.leave({ conversationId });
    await bob.api.members.add({ conversationId, userId: ada.id });
    const room = await bob.api.rooms.create({ clientId: newClientId(), name: 'R' });
    await ada.api.rooms.join({ conversationId: room.id });
  });

  it('stays where they are, also for a retry of what was made before', async () => {
    const { ada, eve } = await aChoosyAda();
    await ada.api.auth.updateAccount({ addableBy: 'everyone' });
    const group = { clientId: newClientId(), name: 'G', userIds: [ada.id] };
    const { id } = await eve.api.conversations.createGroup(group);
    await ada.api.auth.updateAccount({ addableBy: 'contacts' });
    expect((await eve.api.conversations.createGroup(group)).id).toBe(id);
    await eve.api.members.add({ conversationId: id, userId: ada.id });
  });

  it('sees what they chose; others do not, and everybody has chosen everyone at first', async () => {
    const { ada, bob, eve } = await aChoosyAda();
    expect(await ada.api.auth.me()).toMatchObject({ addableBy: 'contacts' });
    expect(await bob.api.auth.me()).toMatchObject({ addableBy: 'everyone' });
    expect(JSON.stringify(await eve.api.users.profile({ userId: ada.id }))).not.toContain('addableBy');
    await groupOf(eve, bob);
  });

  it('is anybody in an account of a version before', async () => {
    const { world, eve, bob } = await aChoosyAda();
    await world.backend.core.db.connection.collection('users').updateMany({}, { $unset: { addableBy: 1 } });
    expect(await bob.api.auth.me()).toMatchObject({ addableBy: 'everyone' });
    await groupOf(eve, bob);
  });
});
