import { limits } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { noLimits, openBrowser, refusal, type World } from '../src/index.ts';
import { fakeArgon2 } from './fake-argon2.ts';
import { aWorld } from './scene.ts';

const aQuickWorld = (options: Parameters<typeof aWorld>[0] = {}): Promise<World> =>
  aWorld({ argon2: fakeArgon2().argon2, ...options });

const oldName = 'confab_session';

describe('signing in over a session', () => {
  it('ends it, with its sockets, whoever it was of', async () => {
    const world = await aQuickWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const browser = world.browser();
    await (await browser.api()).auth.signIn({ login: 'ada', password: ada.password });
    const asAda = await browser.api();
    const [, own] = await asAda.auth.sessions();
    const told: unknown[] = [];
    const leave = await world.backend.core.pubsub.subscribeUser(ada.id, (event) => told.push(event));
    await (await browser.api()).auth.signIn({ login: 'bob', password: bob.password });
    expect((await (await browser.api()).auth.me()).name).toBe('bob');
    // ada has the session of her registration left.
    expect(await ada.api.auth.sessions()).toMatchObject([{ current: true }]);
    expect(own).toBeDefined();
    await expect.poll(() => told).toMatchObject([{ type: 'session.revoked' }]);
    await leave();
  });

  it('by registering ends it, too', async () => {
    const world = await aQuickWorld();
    const ada = await world.person('ada');
    const browser = world.browser();
    await (await browser.api()).auth.signIn({ login: 'ada', password: ada.password });
    const next = { name: 'bob', email: 'bob@example.org', password: ada.password };
    await (await browser.api()).auth.register(next);
    expect(await ada.api.auth.sessions()).toHaveLength(1);
  });

  it('that fails leaves it, and so does a program that asks for a token', async () => {
    const world = await aQuickWorld();
    const ada = await world.person('ada');
    const browser = world.browser();
    await (await browser.api()).auth.signIn({ login: 'ada', password: ada.password });
    await refusal((await browser.api()).auth.signIn({ login: 'ada', password: 'a wrong password' }));
    const before = new Map(browser.cookies);
    await (await browser.api()).auth.issueToken({ login: 'ada', password: ada.password });
    expect(browser.cookies).toEqual(before);
    expect((await (await browser.api()).auth.me()).name).toBe('ada');
  });
});

describe('a session of a version before', () => {
  it('opens nothing any more, and ends when its browser signs in', async () => {
    const world = await aQuickWorld();
    const ada = await world.person('ada');
    const browser = world.browser();
    browser.cookies.set(oldName, ada.token);
    expect((await refusal((await browser.api()).auth.me())).code).toBe('UNAUTHENTICATED');
    await (await browser.api()).auth.signIn({ login: 'ada', password: ada.password });
    expect([...browser.cookies.keys()]).not.toContain(oldName);
    expect(await (await browser.api()).auth.sessions()).toMatchObject([{ current: true }]);
  });
});

describe('two installations on one host', () => {
  it('do not sign each other out', async () => {
    const [here, there] = [await aQuickWorld(), await aQuickWorld()];
    const [ada, bob] = [await here.person('ada'), await there.person('bob')];
    // One jar: browsers tell cookies by host, and not by port.
    const atHere = here.browser();
    const atThere = openBrowser(there.backend, { clientAddress: '10.9.9.9', cookies: atHere.cookies });
    await (await atHere.api()).auth.signIn({ login: 'ada', password: ada.password });
    await (await atThere.api()).auth.signIn({ login: 'bob', password: bob.password });
    expect((await (await atHere.api()).auth.me()).name).toBe('ada');
    expect((await (await atThere.api()).auth.me()).name).toBe('bob');
    expect(atHere.cookies.size).toBe(4);
  });
});

describe('an installation with several origins', () => {
  const origins = ['https://chat.example', 'http://localhost:3000'];

  it('keeps cookies to https where the request came by it, and only there', async () => {
    const world = await aQuickWorld({ publicOrigins: origins });
    const set = async (headers: Record<string, string>, name: string) => {
      const cookies: string[] = [];
      const connection = {
        transport: 'http' as const,
        closed: new AbortController().signal,
        setCookie: (value: string) => cookies.push(value),
      };
      const context = await world.backend.createContext({ connection, headers, clientAddress: '10.9.9.9' });
      const input = { name, email: `${name}@example.org`, password: 'correct horse battery' };
      await world.backend.caller(context).auth.register(input);
      return cookies;
    };
    for (const cookie of await set({ host: 'chat.example', 'x-forwarded-proto': 'https' }, 'ada'))
      expect(cookie).toMatch(/^__Host-.*; Secure/);
    for (const cookie of await set({ host: 'localhost:3000', 'x-forwarded-proto': 'http' }, 'bob')) {
      expect(cookie).toMatch(/^confab-/);
      expect(cookie).not.toContain('Secure');
    }
  });

  it('knows each of its browsers by the cookie of its own origin alone', async () => {
    const world = await aQuickWorld({ publicOrigins: origins });
    const headers = { host: 'localhost:3000', 'x-forwarded-proto': 'http' };
    const browser = openBrowser(world.backend, { clientAddress: '10.9.9.9', headers });
    const input = { name: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
    await (await browser.api()).auth.register(input);
    expect((await (await browser.api()).auth.me()).name).toBe('ada');
    const elsewhere = await world.backend.createContext({
      connection: { transport: 'server' },
      headers: { host: 'chat.example', 'x-forwarded-proto': 'https', cookie: browser.header() },
      clientAddress: '10.9.9.9',
    });
    expect(elsewhere.actor).toBeNull();
  });
});

describe('the sessions of one person', () => {
  it('are 50 at most: one more ends the one that was not used for longest, and its sockets are told', async () => {
    let now = Date.parse('2100-01-01T00:00:00Z');
    const world = await aQuickWorld({ now: () => new Date(now), faultyPubsub: noLimits });
    const ada = await world.person('ada');
    const told: unknown[] = [];
    const leave = await world.backend.core.pubsub.subscribeUser(ada.id, (event) => told.push(event));
    for (let i = 0; i < limits.sessionsPerUserMax + 1; i++) {
      now += 1_000;
      await (await world.browser().api()).auth.signIn({ login: 'ada', password: ada.password });
    }
    await expect.poll(() => told).toHaveLength(2);
    // The first that ended is that of the registration.
    expect((await refusal((await ada.via(world.backend)).auth.me())).code).toBe('UNAUTHENTICATED');
    expect(await world.backend.core.sessions.list(ada.id)).toHaveLength(limits.sessionsPerUserMax);
    await leave();
  });

  it('end after 90 days, however much they are used', async () => {
    let now = Date.parse('2100-01-01T00:00:00Z');
    const world = await aQuickWorld({ now: () => new Date(now) });
    const ada = await world.person('ada');
    for (let day = 0; day < 89; day += 1) {
      now += 86_400_000;
      await (await ada.via(world.backend)).auth.me();
    }
    now += 2 * 86_400_000;
    expect((await refusal((await ada.via(world.backend)).auth.me())).code).toBe('UNAUTHENTICATED');
    expect((await refusal(ada.api.auth.me())).code).toBe('UNAUTHENTICATED');
  });
});
