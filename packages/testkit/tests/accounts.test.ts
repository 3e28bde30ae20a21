import { createWorld, refusal } from '../src/index.ts';
import { describe, expect, it, onTestFinished } from 'vitest';

async function aWorld(options?: Parameters<typeof createWorld>[0]) {
  const world = await createWorld(options);
  onTestFinished(() => world[Symbol.asyncDispose]());
  return world;
}

const ada = { name: 'ada', email: 'ada@example.org', password: 'correct horse battery' };

describe('registering', () => {
  it('makes an account, signs it in, and keeps neither password nor token in the database', async () => {
    const world = await aWorld();
    const set: string[] = [];
    const door = await world.anonymous({ setCookie: (value) => set.push(value) });
    const account = await door.auth.register(ada);
    expect(account).toMatchObject({ name: 'ada', email: 'ada@example.org', role: 'user', lastSeenAt: null });
    const names = world.backend.cookieNames({});
    expect(set.map((cookie) => cookie.split('=')[0])).toEqual([names.session, names.device]);
    for (const cookie of set) expect(cookie).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i);

    const [token = 'none', device = 'none'] = set.map((cookie) => /=([^;]+)/.exec(cookie)?.[1]);
    const { connection } = world.backend.core.db;
    const stored = JSON.stringify([
      await connection.collection('users').find().toArray(),
      await connection.collection('sessions').find().toArray(),
    ]);
    expect(stored).toContain('$argon2id$');
    expect(stored).not.toContain(ada.password);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(device);
  });

  it('gives a name to one of many who ask for it at once', async () => {
    const world = await aWorld();
    const attempts = await Promise.allSettled(
      Array.from({ length: 8 }, async (_, i) =>
        (await world.anonymous()).auth.register({ ...ada, email: `ada${String(i)}@example.org` }),
      ),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.backend.core.db.connection.collection('users').countDocuments()).toBe(1);
  });

  it.each([
    ['in another case', 'ADA'],
    ['in look-alike letters', 'ɑdɑ'],
  ])('refuses a taken name %s', async (_, name) => {
    const world = await aWorld();
    await (await world.anonymous()).auth.register(ada);
    const door = await world.anonymous();
    expect(await refusal(door.auth.register({ ...ada, name, email: 'x@example.org' }))).toMatchObject({
      code: 'NAME_TAKEN',
      field: 'name',
    });
    expect(await door.auth.nameAvailable({ name })).toEqual({ available: false });
    expect(await door.auth.nameAvailable({ name: 'grace' })).toEqual({ available: true });
  });

  it('refuses a taken email address, whatever its case', async () => {
    const world = await aWorld();
    await (await world.anonymous()).auth.register(ada);
    const door = await world.anonymous();
    expect(
      await refusal(door.auth.register({ ...ada, name: 'bob', email: 'ADA@example.org' })),
    ).toMatchObject({
      code: 'EMAIL_TAKEN',
      field: 'email',
    });
  });
});

describe('signing in', () => {
  it('works by name in any case and by email address', async () => {
    const world = await aWorld();
    await (await world.anonymous()).auth.register(ada);
    for (const login of ['ada', 'ADA', 'ada@example.org', ' Ada@Example.org ']) {
      const account = await (await world.anonymous()).auth.signIn({ login, password: ada.password });
      expect(account.name).toBe('ada');
    }
  });

  it('answers an unknown user and a wrong password alike', async () => {
    const world = await aWorld();
    await (await world.anonymous()).auth.register(ada);
    const unknown = await refusal(
      (await world.anonymous()).auth.signIn({ login: 'nobody', password: 'wrong pass' }),
    );
    const wrong = await refusal(
      (await world.anonymous()).auth.signIn({ login: 'ada', password: 'wrong pass' }),
    );
    expect(unknown).toEqual(wrong);
    expect(wrong.code).toBe('SIGN_IN_FAILED');
  });

  it('tells passwords apart that are equal in their first 72 bytes', async () => {
    const world = await aWorld();
    const long = 'x'.repeat(72);
    await (await world.anonymous()).auth.register({ ...ada, password: `${long}1` });
    const door = await world.anonymous();
    expect((await refusal(door.auth.signIn({ login: 'ada', password: `${long}2` }))).code).toBe(
      'SIGN_IN_FAILED',
    );
  });
});

describe('a session', () => {
  it('opens nothing once signed out', async () => {
    const world = await aWorld();
    const person = await world.person('ada');
    expect((await person.api.auth.me()).name).toBe('ada');
    await person.api.auth.signOut();
    const again = await person.via(world.backend);
    expect((await refusal(again.auth.me())).code).toBe('UNAUTHENTICATED');
  });

  it('opens nothing once expired, also where the context was made before', async () => {
    let now = new Date('2100-01-01T00:00:00Z');
    const world = await aWorld({ now: () => now });
    const person = await world.person('ada');
    now = new Date('2100-02-15T00:00:00Z');
    expect((await refusal(person.api.auth.me())).code).toBe('UNAUTHENTICATED');
    expect((await refusal((await person.via(world.backend)).auth.me())).code).toBe('UNAUTHENTICATED');
  });
});

describe('people', () => {
  it('are found by the start of their name, without case and accents, but never oneself', async () => {
    const world = await aWorld();
    const person = await world.person('ada');
    for (const name of ['josé', 'Jonas', 'joan', 'bob']) await world.person(name);
    const { users, nextCursor } = await person.api.users.search({ prefix: 'JO' });
    expect(users.map(({ name }) => name)).toEqual(['joan', 'Jonas', 'josé']);
    expect(nextCursor).toBeNull();
    expect((await person.api.users.search({ prefix: 'ada' })).users).toEqual([]);
    expect((await person.api.users.search({ prefix: '(a+)+$' })).users).toEqual([]);
    expect(JSON.stringify(users)).not.toContain('@');
  });

  it('are listed page by page, each once', async () => {
    const world = await aWorld();
    const person = await world.person('mia');
    for (const name of ['a1', 'b1', 'n1', 'o1', 'p1']) await world.person(name);
    const names: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await person.api.users.search({ prefix: '', limit: 2, ...(cursor && { cursor }) });
      names.push(...page.users.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(names).toEqual(['a1', 'b1', 'n1', 'o1', 'p1']);
  });
});
