import { ConfabError } from '@confab/contract';
import { describe, expect, it } from 'vitest';
import { refusal, type World } from '../src/index.ts';
import { fakeArgon2 } from './fake-argon2.ts';
import { aWorld } from './scene.ts';

const password = 'correct horse battery';

async function aQuickWorld(options: Parameters<typeof aWorld>[0] = {}): Promise<World> {
  return aWorld({ argon2: fakeArgon2().argon2, ...options });
}

const register = async (
  world: World,
  {
    name,
    email = `${name}@example.org`,
    from,
    secret = password,
  }: { name: string; email?: string; from?: string; secret?: string },
) =>
  (await world.anonymous(from === undefined ? {} : { address: from })).auth.register({
    name,
    email,
    password: secret,
  });

/** Of a refused call. */
function codeOf(reason: unknown): string {
  const cause: unknown = reason instanceof Error ? reason.cause : null;
  return cause instanceof ConfabError ? cause.code : 'INTERNAL';
}

describe('registrations from one address', () => {
  const from = '203.0.113.1';
  const many = (world: World, count: number) =>
    Array.from({ length: count }, (_, i) => register(world, { name: `p${String(i)}`, from }));

  it('are 30 at once, and the refusal says when to come back', async () => {
    const world = await aQuickWorld();
    const attempts = many(world, 40);
    const outcomes = await Promise.allSettled(attempts);
    const refused = attempts.filter((_, i) => outcomes[i]?.status === 'rejected');
    // A point or two more may have come back meanwhile.
    expect(refused.length).toBeGreaterThanOrEqual(8);
    expect(refused.length).toBeLessThanOrEqual(10);
    for (const each of refused) {
      const { code, retryAfterMs } = await refusal(each);
      expect([code, (retryAfterMs ?? 0) > 0]).toEqual(['RATE_LIMITED', true]);
    }
  });

  it('are as many as the installation says', async () => {
    const world = await aQuickWorld({ registrationsPerAddress: 3 });
    const outcomes = await Promise.allSettled(many(world, 8));
    const made = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(made).toBeGreaterThanOrEqual(3);
    expect(made).toBeLessThanOrEqual(4);
  });
});

describe('that an email address has an account', () => {
  const from = '203.0.113.1';

  it('is told a few times an hour, and then nothing is told, of free ones neither', async () => {
    const world = await aQuickWorld();
    for (let i = 0; i < 8; i++) await register(world, { name: `taken${String(i)}` });
    const ask = (i: number) =>
      register(world, { name: `asker${String(i)}`, email: `taken${String(i)}@example.org`, from });
    const codes: string[] = [];
    for (let i = 0; i < 8; i++) codes.push((await refusal(ask(i))).code);
    expect(codes.slice(0, 3)).toEqual(['EMAIL_TAKEN', 'EMAIL_TAKEN', 'EMAIL_TAKEN']);
    expect(codes.slice(3)).toEqual(Array(5).fill('RATE_LIMITED'));
    expect((await refusal(register(world, { name: 'free', from }))).code).toBe('RATE_LIMITED');
    expect((await register(world, { name: 'free' })).name).toBe('free');
  });

  it('is told no more often to who asks for many at once', async () => {
    const world = await aQuickWorld();
    for (let i = 0; i < 12; i++) await register(world, { name: `taken${String(i)}` });
    const asked = await Promise.allSettled(
      Array.from({ length: 24 }, (_, i) =>
        // Half of them are free: what is not told must not be seen by that either.
        register(world, { name: `asker${String(i)}`, email: `taken${String(i)}@example.org`, from }),
      ),
    );
    const codes = asked.map((outcome) => (outcome.status === 'fulfilled' ? 'made' : codeOf(outcome.reason)));
    expect(codes.filter((code) => code === 'EMAIL_TAKEN')).toHaveLength(3);
    expect(codes.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(9);
    expect(new Set(codes).has('INTERNAL')).toBe(false);
  });

  it('would be told to who asks for many if it were not paid for', async () => {
    const granted = () => Promise.resolve();
    const world = await aQuickWorld({
      faultyPubsub: (pubsub) => ({
        ...pubsub,
        limiter: (options) =>
          options.name === 'taken-emails'
            ? { consume: granted, refund: granted, peek: granted }
            : pubsub.limiter(options),
      }),
    });
    for (let i = 0; i < 8; i++) await register(world, { name: `taken${String(i)}` });
    for (let i = 0; i < 8; i++) {
      const asking = register(world, {
        name: `asker${String(i)}`,
        email: `taken${String(i)}@example.org`,
        from,
      });
      expect((await refusal(asking)).code).toBe('EMAIL_TAKEN');
    }
  });

  it('costs nothing to those who register a free one', async () => {
    const world = await aQuickWorld();
    const made = Array.from({ length: 20 }, (_, i) => register(world, { name: `p${String(i)}`, from }));
    expect(await Promise.all(made)).toHaveLength(20);
  });
});

it('of two names that differ by a dot over an i, which has one, the first counts', async () => {
  const world = await aQuickWorld();
  await world.person('mike');
  const refused = await refusal(register(world, { name: 'mi\u0307ke', email: 'x@example.org' }));
  expect(refused.code).toBe('NAME_TAKEN');
});

describe('a name that speaks for others', () => {
  it.each([
    'admin',
    'Admin',
    'ADMIN',
    'admin.',
    'a.d-m_in',
    'ádmin',
    'ADMİN',
    'adminʼ',
    'everyone',
    'here',
    'system',
    'support',
    'confab',
    'deleted',
    'moderator',
  ])('is nobody’s: %s', async (name) => {
    const world = await aQuickWorld();
    expect(await refusal(register(world, { name, email: 'x@example.org' }))).toMatchObject({
      code: 'NAME_TAKEN',
      field: 'name',
    });
    const door = await world.anonymous();
    expect(await door.auth.nameAvailable({ name })).toEqual({ available: false });
  });

  it('is nobody’s in letters that look alike', async () => {
    const world = await aQuickWorld();
    // A Latin alpha; Cyrillic letters throughout.
    for (const name of ['ɑdmin', 'аӏӏ', 'НЕӏр']) {
      const refused = await refusal(register(world, { name, email: 'x@example.org' }));
      expect([name, refused.code]).toEqual([name, 'NAME_TAKEN']);
    }
  });

  it('is nobody’s with a sign in it that does not show', async () => {
    const world = await aQuickWorld();
    for (const name of ['admin\ufe0f', 'ad\u034fmin']) {
      const refused = await refusal(register(world, { name, email: 'x@example.org' }));
      expect([name, refused.code]).toEqual([name, 'BAD_INPUT']);
    }
  });

  it('stays with whoever had it before', async () => {
    const world = await aQuickWorld();
    const ada = await world.person('ada');
    const { model } = world.backend.core.db.users;
    await model.updateOne(
      { nameKey: 'ada' },
      { $set: { name: 'root', nameKey: 'root', nameKeys: ['root'] } },
    );
    const door = await world.anonymous();
    expect((await door.auth.signIn({ login: 'root', password: ada.password })).name).toBe('root');
  });

  it('is not one that only holds such a word', async () => {
    const world = await aQuickWorld();
    for (const name of ['alla', 'adminka', 'therese', 'systema'])
      expect((await register(world, { name })).name).toBe(name);
  });
});

describe('a password', () => {
  it.each([
    ['too short', 'nine char'],
    ['too short in letters, though not in units', '🦀🌊🧭🪁🛶'],
    ['too long', 'x1'.repeat(65)],
  ])('is refused when it is %s', async (_, secret) => {
    const world = await aQuickWorld();
    expect(await refusal(register(world, { name: 'ada', secret }))).toMatchObject({
      code: 'BAD_INPUT',
      field: 'password',
    });
  });

  it.each(['Password2024!', 'qwertyuiop', 'ada1234567', 'ada@example.org', 'confabconfab', '1234567890'])(
    'is refused when many, or those who know this person, would try it: %s',
    async (secret) => {
      const fake = fakeArgon2();
      const world = await aWorld({ argon2: fake.argon2 });
      expect(await refusal(register(world, { name: 'ada', secret }))).toMatchObject({
        code: 'COMMON_PASSWORD',
        field: 'password',
      });
      expect(fake.asked).toEqual([]);
    },
  );

  it('may be of 128 characters', async () => {
    const world = await aQuickWorld();
    const secret = Array.from({ length: 32 }, (_, i) => `${String(i % 10)}aB!`).join('');
    expect(secret).toHaveLength(128);
    await register(world, { name: 'ada', secret });
    const door = await world.anonymous();
    expect((await door.auth.signIn({ login: 'ada', password: secret })).name).toBe('ada');
  });

  it('of before may be short, common or long, and goes on opening its account', async () => {
    const world = await aQuickWorld();
    await register(world, { name: 'ada' });
    const { model } = world.backend.core.db.users;
    for (const old of ['12345678', 'password', 'x'.repeat(256)]) {
      await model.updateOne({ nameKey: 'ada' }, { $set: { passwordHash: `fake ${old}` } });
      const browser = world.browser();
      const door = await browser.api();
      expect((await door.auth.signIn({ login: 'ada', password: old })).name).toBe('ada');
    }
    const browser = world.browser();
    await (await browser.api()).auth.signIn({ login: 'ada', password: 'x'.repeat(256) });
    const inside = await browser.api();
    const change = (next: string) => inside.auth.changePassword({ current: 'x'.repeat(256), next });
    expect(await refusal(change('Superman2024'))).toMatchObject({ code: 'COMMON_PASSWORD', field: 'next' });
    expect(await refusal(change('nine char'))).toMatchObject({ code: 'BAD_INPUT', field: 'next' });
    await change('another good one');
  });
});
