import { newClientId } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { refusal } from '../src/index.ts';
import { rows } from './procedure-inputs.ts';
import { aProcedureScene, call } from './procedure-scene.ts';
import { aWorld } from './scene.ts';

/** A world that grants everything and notes which limits were asked, and for whom. */
async function aCountingWorld() {
  const asked: { limit: string; key: string }[] = [];
  const granted = () => Promise.resolve();
  const world = await aWorld({
    faultyPubsub: (pubsub) => ({
      ...pubsub,
      limiter: ({ name }) => ({
        consume(key) {
          asked.push({ limit: name, key });
          return granted();
        },
        refund: granted,
        peek: granted,
      }),
    }),
  });
  return { world, asked };
}

describe('whatever changes who is in a conversation', () => {
  it('counts against a limit of who does it', async () => {
    const { world, asked } = await aCountingWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const room = { clientId: newClientId(), name: 'R' };
    const { id: conversationId } = await ada.api.rooms.create(room);
    const member = { conversationId, userId: bob.id };
    const limitsOf = async (call: () => Promise<unknown>) => {
      asked.length = 0;
      await call();
      return asked.map(({ limit, key }) => `${limit} of ${key === ada.id ? 'ada' : 'bob'}`);
    };
    expect(await limitsOf(() => bob.api.rooms.join({ conversationId }))).toEqual(['joins of bob']);
    expect(await limitsOf(() => bob.api.conversations.leave({ conversationId }))).toEqual(['joins of bob']);
    expect(await limitsOf(() => ada.api.members.add(member))).toEqual(['changes of ada']);
    expect(await limitsOf(() => ada.api.members.remove(member))).toEqual(['changes of ada']);
    expect(await limitsOf(() => ada.api.members.ban(member))).toEqual(['changes of ada']);
  });

  it('is refused when it goes on and on', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { id: conversationId } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    // All at once, so that no time passes in which points come back.
    const joins = Array.from({ length: 50 }, () => bob.api.rooms.join({ conversationId }));
    const outcomes = await Promise.allSettled(joins);
    const refusals = joins.filter((_, i) => outcomes[i]?.status === 'rejected').map(refusal);
    expect(refusals).toHaveLength(20);
    const retryAfterMs = expect.any(Number) as number;
    for (const refused of refusals)
      expect(await refused).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs });
  });
});

describe('whatever changes something', () => {
  it('counts against a limit, but for signing out, and marks that do not rise', async () => {
    const { world, asked } = await aCountingWorld();
    const scene = await aProcedureScene(world);
    const procedures = world.backend.router._def.procedures as unknown as Record<
      string,
      { readonly _def: { readonly type: string } }
    >;
    const free: string[] = [];
    for (const [path, { _def }] of Object.entries(procedures)) {
      if (_def.type !== 'mutation') continue;
      asked.length = 0;
      // Whether it is done or refused.
      await Promise.allSettled([call(scene.ada.api, path, rows[path]?.input(scene))]);
      if (asked.length === 0) free.push(path);
    }
    expect(free.filter((path) => path !== 'conversations.mark')).toEqual(['auth.signOut']);
  });

  it('is refused when it goes on and on; sessions are ended at the expense of the one that asks', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    const calls = Array.from({ length: 80 }, () => ada.api.auth.endOtherSessions());
    const outcomes = await Promise.allSettled(calls);
    const refused = calls.filter((_, i) => outcomes[i]?.status === 'rejected').map(refusal);
    expect(new Set((await Promise.all(refused)).map(({ code }) => code))).toEqual(new Set(['RATE_LIMITED']));
    const browser = world.browser();
    await (await browser.api()).auth.signIn({ login: 'ada', password: ada.password });
    expect(await (await browser.api()).auth.endOtherSessions()).toEqual({ ended: 1 });
  });
});
