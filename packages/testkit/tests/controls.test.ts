import { newClientId } from '@confab/contract';
import { createWorld, type World } from '../src/index.ts';
import { describe, expect, it, onTestFinished } from 'vitest';

/** A world in which one unique index is missing: what it guarantees must then break, or its test proves nothing. */
async function aWorldWithout(collection: string, index: string): Promise<World> {
  const world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  await world.process();
  await world.backend.core.db.connection.collection(collection).dropIndex(index);
  return world;
}

describe('the guarantees break', () => {
  it('of unique names without the index of names', async () => {
    const world = await aWorldWithout('users', 'users_name');
    const attempts = await Promise.allSettled(
      Array.from({ length: 8 }, async (_, i) =>
        (await world.anonymous()).auth.register({
          name: 'ada',
          email: `ada${String(i)}@example.org`,
          password: 'correct horse battery',
        }),
      ),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(1);
  });

  it('of one message per client id without the index of client ids', async () => {
    const world = await aWorldWithout('timeline', 'timeline_client');
    const ada = await world.person('ada');
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    const request = { conversationId: id, clientId: newClientId(), text: 'once' };
    await Promise.all([ada.api.messages.send(request), ada.api.messages.send(request)]);
    const { entries } = await ada.api.messages.page({ conversationId: id });
    expect(entries.filter(({ kind }) => kind === 'message').length).toBeGreaterThan(1);
  });

  it('of one place per entry without the index of revs', async () => {
    const world = await aWorldWithout('timeline', 'timeline_rev');
    const ada = await world.person('ada');
    const elsewhere = await ada.via(await world.process());
    await world.backend.core.db.connection.collection('timeline').dropIndex('timeline_rev');
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    await Promise.all(
      [ada.api, elsewhere].flatMap((api) =>
        Array.from({ length: 10 }, (_, i) =>
          api.messages.send({ conversationId: id, clientId: newClientId(), text: String(i) }),
        ),
      ),
    );
    const { entries } = await ada.api.messages.page({ conversationId: id });
    const revs = entries.map(({ rev }) => rev);
    expect(new Set(revs).size).toBeLessThan(revs.length);
  });
});
