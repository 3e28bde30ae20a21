import { type ConfabError, newClientId } from '@confab/contract';
import { addressKey } from '@confab/core';
import type { AnyTRPCProcedure } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { type Faults, refusal, scarceLimit, type World } from '../src/index.ts';
import { rows } from './procedure-inputs.ts';
import { aProcedureScene, call } from './procedure-scene.ts';
import { aWorld } from './scene.ts';

type FaultyPubsub = NonNullable<Faults['faultyPubsub']>;

/** Grants everything, and notes what of a limit was taken by whom. */
function noting() {
  const taken: { limit: string; key: string; points: number }[] = [];
  const faultyPubsub: FaultyPubsub = (pubsub) => ({
    ...pubsub,
    limiter: ({ name }) => {
      const take = (key: string, points: number) => {
        taken.push({ limit: name, key, points });
        return Promise.resolve();
      };
      return {
        consume: (key, points = 1) => take(key, points),
        refund: (key, points = 1) => take(key, -points),
        peek: () => Promise.resolve(),
      };
    },
  });
  return { taken, faultyPubsub };
}

/** The router keeps its procedures by path as well as nested. */
function proceduresOf({ backend }: World): [string, AnyTRPCProcedure][] {
  return Object.entries(backend.router._def.procedures as unknown as Record<string, AnyTRPCProcedure>);
}

const codesOf = async (calls: readonly Promise<unknown>[]): Promise<string[]> => {
  const outcomes = await Promise.allSettled(calls);
  return Promise.all(
    outcomes.map(async (outcome) =>
      outcome.status === 'fulfilled'
        ? 'ok'
        : (await refusal(Promise.reject(outcome.reason as ConfabError))).code,
    ),
  );
};

describe('the budget of reads', () => {
  it('is charged by every query, whoever asks and by whatever way, and by nothing else', async () => {
    const { taken, faultyPubsub } = noting();
    const world = await aWorld({ faultyPubsub });
    const scene = await aProcedureScene(world);
    const stranger = await world.anonymous({ address: '2001:db8::1' });
    for (const [path, { _def }] of proceduresOf(world)) {
      const input = rows[path]?.input(scene) ?? {};
      if (_def.type === 'subscription' || path === 'auth.signOut') continue;
      taken.length = 0;
      await call(scene.ada.api, path, input).catch(() => undefined);
      const reads = taken.filter(({ limit }) => limit === 'reads');
      if (_def.type === 'mutation') expect(reads, path).toEqual([]);
      else expect(reads, path).toMatchObject([{ key: scene.ada.id }]);
      for (const { points } of reads) expect(points, path).toBeGreaterThan(0);

      taken.length = 0;
      await call(stranger, path, input).catch(() => undefined);
      const strange = taken.filter(({ limit }) => limit === 'strangers');
      if (_def.type === 'query') expect(strange, path).toMatchObject([{ key: addressKey('2001:db8::1') }]);
    }
  });

  it('refuses who reads without an end, says when to come back, and leaves everybody else alone', async () => {
    const world = await aWorld({ faultyPubsub: scarceLimit('reads', 200) });
    const [ada, mallory] = [await world.person('ada'), await world.person('mallory')];
    const { id: conversationId } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    await mallory.api.rooms.join({ conversationId });
    const flood = await codesOf(Array.from({ length: 60 }, () => mallory.api.rooms.listWithMembers({})));
    expect(flood.filter((code) => code === 'ok')).toHaveLength(5);
    expect(flood.filter((code) => code === 'RATE_LIMITED')).toHaveLength(55);
    const { retryAfterMs } = await refusal(mallory.api.auth.me());
    expect(retryAfterMs).toBeGreaterThan(0);
    // On another process, too; and whoever may not read may still write.
    const elsewhere = await mallory.via(await world.process());
    expect(await refusal(elsewhere.auth.me())).toMatchObject({ code: 'RATE_LIMITED' });
    await mallory.api.messages.send({ conversationId, clientId: newClientId(), text: 'still here' });
    expect((await ada.api.messages.page({ conversationId })).entries).toHaveLength(3);
  });

  it('a larger list costs more than a small one, and what is no number of rows is refused as ever', async () => {
    const { taken, faultyPubsub } = noting();
    const world = await aWorld({ faultyPubsub });
    const ada = await world.person('ada');
    const costOf = async (input: object) => {
      taken.length = 0;
      await call(ada.api, 'conversations.list', input).catch(() => undefined);
      return taken.find(({ limit }) => limit === 'reads')?.points;
    };
    const all = await costOf({});
    expect(await costOf({ limit: 20 })).toBeLessThan(Number(all));
    for (const limit of [-1, 0, 1e12, '5', null, {}, [1]]) expect(await costOf({ limit })).toBe(all);
  });
});

describe('the budget of an address', () => {
  it('bounds the looking up of sessions that are none; real ones cost nothing', async () => {
    const world = await aWorld({ faultyPubsub: scarceLimit('strangers', 20), monitorCommands: true });
    const ada = await world.person('ada');
    let lookups = 0;
    world.backend.core.db.connection.getClient().on('commandStarted', ({ command }) => {
      if (command['find'] === 'sessions') lookups += 1;
    });
    const show = (backend: World['backend'], token: string, clientAddress: string) =>
      backend.createContext({
        connection: { transport: 'server' },
        headers: { authorization: `Bearer ${token}` },
        clientAddress,
      });
    // Of the form of tokens, and nobody's.
    const garbage = (i: number) => `${'a'.repeat(32)}${i.toString(2).padStart(8, '0')}`.replace(/[01]/g, bit);
    const bit = (digit: string) => (digit === '0' ? 'b' : 'c');
    const shown = Array.from({ length: 200 }, (_, i) => show(world.backend, garbage(i), '192.0.2.1'));
    const codes = await codesOf(shown);
    expect(codes).toContain('RATE_LIMITED');
    expect(lookups).toBeLessThanOrEqual(20);
    // From elsewhere, a hundred times, on a process that never saw it.
    const fresh = await world.process();
    for (let i = 0; i < 100; i++) {
      expect((await show(fresh, ada.token, '192.0.2.2')).actor?.userId).toBe(ada.id);
    }
  });

  it('is charged for pages of strangers and for bodies, people for their own pages, and probes apart', async () => {
    const { taken, faultyPubsub } = noting();
    const world = await aWorld({ faultyPubsub });
    const ada = await world.person('ada');
    const asked = async (path: string, headers = {}) => {
      taken.length = 0;
      await world.backend.admit({ path, headers }, '192.0.2.7');
      return taken.map(({ limit, key }) => `${limit} ${key === ada.id ? 'ada' : key}`);
    };
    const cookie = { cookie: ada.cookie };
    const unknown = { cookie: ada.cookie.replace(ada.token, 'a'.repeat(40)) };
    expect(await asked('/chats', cookie)).toEqual(['reads ada']);
    expect(await asked('/api/trpc/auth.me', cookie)).toEqual([]);
    const body = { ...cookie, 'content-length': '60000' };
    expect(await asked('/api/trpc/messages.send', body)).toEqual(['reads ada']);
    expect(taken[0]?.points).toBe(15);
    const unsaid = { ...cookie, 'transfer-encoding': 'chunked' };
    expect(await asked('/api/conversations', unsaid)).toEqual(['reads ada']);
    expect(taken[0]?.points).toBe(16);
    expect(await asked('/sign-in')).toEqual(['strangers 192.0.2.7']);
    expect(await asked('/chats', unknown)).toEqual(['strangers 192.0.2.7']);
    expect(await asked('/api/docs')).toEqual(['strangers 192.0.2.7']);
    expect(await asked('/api/trpc/auth.signIn')).toEqual(['strangers 192.0.2.7']);
    expect(await asked('/healthz', cookie)).toEqual(['strangers health:192.0.2.7']);
    await ada.api.auth.signOut();
    // As soon as this process hears that the session is over.
    await world.backend.createContext({
      connection: { transport: 'server' },
      headers: cookie,
      clientAddress: '192.0.2.7',
    });
    expect(await asked('/chats', cookie)).toEqual(['strangers 192.0.2.7']);
  });
});

it('the database is asked about health once, however many ask', async () => {
  const world = await aWorld({ monitorCommands: true });
  let pings = 0;
  world.backend.core.db.connection.getClient().on('commandStarted', ({ commandName }) => {
    if (commandName === 'ping') pings += 1;
  });
  await Promise.all(Array.from({ length: 500 }, () => world.backend.health()));
  expect(pings).toBe(1);
});
