import { describe, expect, it, vi } from 'vitest';
import { type Browser, noLimits, refusal, type World, type WorldOptions } from '../src/index.ts';
import { type FakeArgon2, fakeArgon2 } from './fake-argon2.ts';
import { aWorld } from './scene.ts';

type LimiterOptions = Parameters<ReturnType<NonNullable<WorldOptions['faultyPubsub']>>['limiter']>[0];

const wrong = 'a wrong password';

async function aQuickWorld(): Promise<{ world: World; fake: FakeArgon2 }> {
  const fake = fakeArgon2();
  return { world: await aWorld({ argon2: fake.argon2 }), fake };
}

const signIn = async (browser: Browser, login: string, password: string) =>
  (await browser.api()).auth.signIn({ login, password });

/** Guesses at once from one address; how many of them were looked at. */
async function guess(world: World, { login, from, times }: { login: string; from: string; times: number }) {
  const door = await world.anonymous({ address: from });
  const codes = await Promise.all(
    Array.from({ length: times }, () => refusal(door.auth.signIn({ login, password: wrong }))),
  );
  return codes.filter(({ code }) => code === 'SIGN_IN_FAILED').length;
}

/** As many strangers as it takes until nobody's guess at this account is looked at any more. */
async function useUpGuesses(world: World, login: string): Promise<number> {
  let looked = 0;
  for (let i = 0; i < 12; i++)
    looked += await guess(world, { login, from: `203.0.113.${String(i)}`, times: 6 });
  return looked;
}

describe('guesses of strangers', () => {
  it('at one account are few, from however many addresses', async () => {
    const { world } = await aQuickWorld();
    const { name } = await world.person('ada');
    const looked = await useUpGuesses(world, name);
    expect(looked).toBeGreaterThanOrEqual(20);
    // A point more may have come back meanwhile.
    expect(looked).toBeLessThanOrEqual(22);
  });

  it('never keep the owner out of a browser in which they signed in, and do of another one', async () => {
    const { world } = await aQuickWorld();
    const { name, password } = await world.person('ada');
    const [known, other] = [world.browser(), world.browser()];
    await signIn(known, name, password);
    await useUpGuesses(world, name);
    for (let i = 0; i < 3; i++) expect((await signIn(known, name, password)).name).toBe('ada');
    expect((await refusal(signIn(other, name, password))).code).toBe('RATE_LIMITED');
  });

  it('never keep them out from the address of the guesses either', async () => {
    const { world } = await aQuickWorld();
    const { name, password } = await world.person('ada');
    const shared = '198.51.100.7';
    const [known, other] = [world.browser(shared), world.browser(shared)];
    await signIn(known, name, password);
    for (const login of ['ada', 'bob', 'cleo', 'dan', 'emi', 'finn', 'gus', 'hal'])
      await guess(world, { login, from: shared, times: 6 });
    expect((await signIn(known, name, password)).name).toBe('ada');
    expect((await refusal(signIn(other, name, password))).code).toBe('RATE_LIMITED');
  });

  it('from one address leave the others alone', async () => {
    const { world } = await aQuickWorld();
    const { name, password } = await world.person('ada');
    const from = '203.0.113.1';
    expect(await guess(world, { login: name, from, times: 30 })).toBeLessThanOrEqual(6);
    expect((await signIn(world.browser(), name, password)).name).toBe('ada');
    expect((await refusal(signIn(world.browser(from), name, password))).code).toBe('RATE_LIMITED');
  });

  it('by name and by email address are guesses at one account', async () => {
    const { world } = await aQuickWorld();
    await world.person('ada');
    const email = `${Buffer.from('ada').toString('hex')}@example.org`;
    const from = '203.0.113.1';
    const looked =
      (await guess(world, { login: 'ada', from, times: 3 })) +
      (await guess(world, { login: email, from, times: 3 })) +
      (await guess(world, { login: 'ADA', from, times: 3 }));
    expect(looked).toBeGreaterThanOrEqual(5);
    expect(looked).toBeLessThanOrEqual(6);
  });

  it('from one IPv6 network are from one address, however it is spelled', async () => {
    const { world } = await aQuickWorld();
    await world.person('ada');
    let looked = 0;
    for (const from of ['2001:db8::1', '2001:0DB8:0:0::2', '2001:db8:0:0:9:9:9:9', '2001:db8::ab'])
      looked += await guess(world, { login: 'ada', from, times: 4 });
    expect(looked).toBeLessThanOrEqual(6);
    expect(await guess(world, { login: 'ada', from: '2001:db8:0:1::1', times: 1 })).toBe(1);
  });

  it('that are refused use nothing up', async () => {
    const { world } = await aQuickWorld();
    const { name, password } = await world.person('ada');
    // One address, again and again: what is refused for its own sake leaves the account's budget as it is.
    for (let i = 0; i < 5; i++) await guess(world, { login: name, from: '203.0.113.1', times: 30 });
    expect(await guess(world, { login: name, from: '203.0.113.2', times: 5 })).toBe(5);
    expect((await signIn(world.browser(), name, password)).name).toBe('ada');
  });
});

describe('a browser that an account knows', () => {
  it('has guesses of its own, which are limited too', async () => {
    const { world, fake } = await aQuickWorld();
    const { name, password } = await world.person('ada');
    const known = world.browser();
    await signIn(known, name, password);
    fake.asked.length = 0;
    await Promise.all(Array.from({ length: 30 }, () => refusal(signIn(known, name, wrong))));
    expect(fake.asked.length).toBeLessThanOrEqual(6);
    expect((await refusal(signIn(known, name, password))).code).toBe('RATE_LIMITED');
    // And they are nobody else's.
    expect((await signIn(world.browser(), name, password)).name).toBe('ada');
  });

  it('is known to the accounts of those who signed in there, and its token opens nothing', async () => {
    const { world } = await aQuickWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const browser = world.browser();
    await signIn(browser, 'ada', ada.password);
    await signIn(browser, 'bob', bob.password);
    await useUpGuesses(world, 'ada');
    await (await browser.api()).auth.signOut();
    expect((await refusal((await browser.api()).auth.me())).code).toBe('UNAUTHENTICATED');
    expect((await signIn(browser, 'ada', ada.password)).name).toBe('ada');
  });

  it('is forgotten after 180 days, and with a change of the password elsewhere', async () => {
    let now = new Date('2100-01-01T00:00:00Z');
    const { argon2 } = fakeArgon2();
    const world = await aWorld({ now: () => now, argon2 });
    const ada = await world.person('ada');
    const [old, fresh] = [world.browser(), world.browser()];
    await signIn(old, 'ada', ada.password);
    now = new Date('2100-07-15T00:00:00Z');
    await signIn(fresh, 'ada', ada.password);
    await useUpGuesses(world, 'ada');
    expect((await refusal(signIn(old, 'ada', ada.password))).code).toBe('RATE_LIMITED');
    expect((await signIn(fresh, 'ada', ada.password)).name).toBe('ada');

    const next = 'another good one';
    const asking = await fresh.api();
    await asking.auth.changePassword({ current: ada.password, next });
    expect((await signIn(fresh, 'ada', next)).name).toBe('ada');
    const credentials = await world.backend.core.db.users.findCredentials({ nameKey: 'ada' });
    expect(credentials?.devices).toHaveLength(1);
  });

  it('is one of the last 20', async () => {
    const world = await aWorld({
      argon2: fakeArgon2().argon2,
      faultyPubsub: noLimits,
    });
    const ada = await world.person('ada');
    for (let i = 0; i < 25; i++) await signIn(world.browser(), 'ada', ada.password);
    const credentials = await world.backend.core.db.users.findCredentials({ nameKey: 'ada' });
    expect(credentials?.devices).toHaveLength(20);
  });
});

describe('right passwords', () => {
  it('in a loop are limited by what they cost, from one address and of one account', async () => {
    const { world, fake } = await aQuickWorld();
    const { name, password } = await world.person('ada');
    fake.asked.length = 0;
    const door = await world.anonymous({ address: '203.0.113.1' });
    const loop = Array.from({ length: 60 }, () => door.auth.signIn({ login: name, password }));
    const outcomes = await Promise.allSettled(loop);
    const refused = loop.filter((_, i) => outcomes[i]?.status === 'rejected');
    expect(fake.asked.length).toBeLessThanOrEqual(22);
    expect(refused.length).toBe(60 - fake.asked.length);
    for (const each of refused)
      expect(await refusal(each)).toMatchObject({
        code: 'RATE_LIMITED',
        retryAfterMs: expect.any(Number) as number,
      });
  });

  it('give back what counts failures, and only that', async () => {
    const taken = new Map<string, number>();
    const note = (name: string, by: number) => {
      taken.set(name, (taken.get(name) ?? 0) + by);
      return Promise.resolve();
    };
    const world = await aWorld({
      argon2: fakeArgon2().argon2,
      faultyPubsub: (pubsub) => ({
        ...pubsub,
        limiter: ({ name }) => ({
          consume: (_, points = 1) => note(name, points),
          refund: (_, points = 1) => note(name, -points),
          peek: () => Promise.resolve(),
        }),
      }),
    });
    const { password } = await world.person('ada');
    const leftBy = async (login: string, typed: string) => {
      taken.clear();
      const outcome = (await world.anonymous()).auth.signIn({ login, password: typed });
      await outcome.catch(() => undefined);
      return Object.fromEntries([...taken].filter(([, count]) => count !== 0));
    };
    const work = { 'hashes-address': 1, 'hashes-account': 1 };
    const failure = { 'sign-ins-pair': 1, 'sign-ins-address': 1, 'sign-ins-account': 1 };
    expect(await leftBy('ada', password)).toEqual(work);
    expect(await leftBy('ada', wrong)).toEqual({ ...work, ...failure });
    // The same for whoever does not exist: neither answer nor work tells.
    expect(await leftBy('nobody-here', wrong)).toEqual({ ...work, ...failure });
    expect(await leftBy('nobody@example.org', wrong)).toEqual({ ...work, ...failure });
  });
});

describe('the queue of passwords', () => {
  it('lets a sign-in pass before the changes of many accounts, of one address or of many', async () => {
    const { world, fake } = await aQuickWorld();
    const people = await Promise.all(Array.from({ length: 12 }, (_, i) => world.person(`p${String(i)}`)));
    const { password } = await world.person('ada');
    fake.asked.length = 0;
    fake.hold();
    const queued = vi.spyOn(world.backend.core.passwords, 'verify');
    const changes = people.map((person, i) =>
      person.api.auth.changePassword({ current: `guess ${String(i)}`, next: 'another good one' }),
    );
    const refused = Promise.allSettled(changes);
    await vi.waitFor(() => {
      expect(queued).toHaveBeenCalledTimes(12);
    }, 30_000);
    const coming = signIn(world.browser(), 'ada', password);
    // Its turn is the next one, whenever that comes: it stands in line once its budgets have been paid.
    await vi.waitFor(() => {
      expect(queued).toHaveBeenCalledTimes(13);
    }, 30_000);
    fake.release();
    await Promise.all([coming, refused]);
    expect(fake.asked.indexOf(password)).toBeLessThanOrEqual(3);
    expect(fake.asked.length).toBe(13);
  });
});

it('the numbers allow at most 100 guesses at an account in any hour, and five answers about email addresses', async () => {
  const options = new Map<string, LimiterOptions>();
  await aWorld({
    faultyPubsub: (pubsub) => ({
      ...pubsub,
      limiter: (each) => {
        options.set(each.name, each);
        return pubsub.limiter(each);
      },
    }),
  });
  const perHour = (name: string) => {
    const { points = 0, windowMs = 0 } = options.get(name) ?? {};
    return points + (3_600_000 * points) / windowMs;
  };
  expect(perHour('sign-ins-account')).toBeLessThanOrEqual(100);
  expect(perHour('taken-emails')).toBeLessThanOrEqual(5);
});
