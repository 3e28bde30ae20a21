import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSessions, lastUsedGranularityMs, type SessionUser, type Sessions } from '../src/index.ts';
import { createMemoryStore } from './memory-store.ts';

const dayMs = 86_400_000;
const ada: SessionUser = { id: 'a'.repeat(24), name: 'ada', role: 'user' };
const bob: SessionUser = { id: 'b'.repeat(24), name: 'bob', role: 'admin' };

let time: number;
let memory: ReturnType<typeof createMemoryStore>;
let failures: unknown[];
let sessions: Sessions;
beforeEach(() => {
  time = Date.parse('2031-02-03T04:05:06Z');
  memory = createMemoryStore();
  for (const user of [ada, bob]) memory.users.set(user.id, user);
  failures = [];
  sessions = createSessions({
    store: memory.store,
    clock: () => time,
    onWriteFailed: (error) => failures.push(error),
  });
});

const signIn = (user = ada) => sessions.create({ userId: user.id, userAgent: 'Browser', ip: '::1' });

describe('a session', () => {
  test('is opened by its token and tells who it is', async () => {
    const { token, session } = await signIn(bob);
    expect(await sessions.validate(token)).toEqual({ session, user: bob, fresh: false });
    expect(session).toMatchObject({ userId: bob.id, userAgent: 'Browser', ip: '::1' });
    expect(session.createdAt).toEqual(new Date(time));
    expect(session.expiresAt).toEqual(new Date(time + 30 * dayMs));
  });

  test('is stored under the SHA-256 of its token, and the token nowhere', async () => {
    const { token, session } = await signIn();
    expect(session.id).toBe(createHash('sha256').update(token).digest('hex'));
    expect([...memory.sessions.keys()]).toEqual([session.id]);
    expect(JSON.stringify([...memory.sessions.values()])).not.toContain(token);
  });

  test('is not opened by its stored id: a leaked database opens nothing', async () => {
    const { session } = await signIn();
    expect(await sessions.validate(session.id)).toBeNull();
  });

  test('gets a token of its own at every sign-in', async () => {
    const tokens = await Promise.all(Array.from({ length: 100 }, () => signIn().then(({ token }) => token)));
    expect(new Set(tokens).size).toBe(100);
  });

  test.each([
    '',
    ' ',
    'x',
    'a'.repeat(39),
    'a'.repeat(41),
    'A'.repeat(40),
    '0'.repeat(40),
    `${'a'.repeat(39)}\n`,
    '💥'.repeat(20),
    'a'.repeat(1_000_000),
    '{"$ne":null}',
  ])('malformed token %#: null, without a query', async (token) => {
    expect(await sessions.validate(token)).toBeNull();
    expect(memory.calls).toEqual([]);
  });

  test('an unknown token of the right form costs one query', async () => {
    expect(await sessions.validate('a'.repeat(40))).toBeNull();
    expect(memory.calls).toEqual(['find']);
  });
});

describe('time', () => {
  test('a session that is not used ends after 30 days, and is cleaned away when met', async () => {
    const { token } = await signIn();
    time += 30 * dayMs + 1_000;
    expect(await sessions.validate(token)).toBeNull();
    expect(memory.sessions.size).toBe(0);
  });

  test('use in the second half prolongs it by 30 days and says that the cookie is due; before that it does not', async () => {
    const { token } = await signIn();
    time += 14 * dayMs;
    expect(await sessions.validate(token)).toMatchObject({ fresh: false });
    time += 2 * dayMs;
    const prolonged = await sessions.validate(token);
    expect(prolonged?.fresh).toBe(true);
    expect(Math.abs((prolonged?.session.expiresAt.getTime() ?? 0) - (time + 30 * dayMs))).toBeLessThan(1_000);
    time += 29 * dayMs;
    expect(await sessions.validate(token)).not.toBeNull();
  });

  test('last use is noted, and not written more often than every few minutes', async () => {
    const { token, session } = await signIn();
    for (let call = 0; call < 50; call += 1) await sessions.validate(token);
    expect(memory.calls).not.toContain('updateExpiry');
    time += lastUsedGranularityMs;
    expect((await sessions.validate(token))?.session.lastUsedAt).toEqual(new Date(time));
    expect(memory.sessions.get(session.id)).toEqual({ ...session, lastUsedAt: new Date(time) });
    await sessions.validate(token);
    expect(memory.calls.filter((call) => call === 'updateExpiry')).toHaveLength(1);
  });

  test('a database that rejects writes signs nobody out, and is reported', async () => {
    const { token } = await signIn();
    memory.state.full = true;
    time += dayMs;
    expect(await sessions.validate(token)).not.toBeNull();
    time += 20 * dayMs;
    expect(await sessions.validate(token)).not.toBeNull();
    time += 20 * dayMs;
    expect(await sessions.validate(token)).toBeNull();
    expect(failures).toHaveLength(3);
  });

  test('expired ones are listed nowhere and can be cleaned away', async () => {
    await signIn();
    time += 20 * dayMs;
    const { session } = await signIn();
    time += 20 * dayMs;
    expect(await sessions.list(ada.id)).toEqual([session]);
    await sessions.deleteExpired();
    expect([...memory.sessions.keys()]).toEqual([session.id]);
  });
});

describe('revocation', () => {
  test('of one session ends that one', async () => {
    const [laptop, phone] = [await signIn(), await signIn()];
    await sessions.revoke(laptop.session.id);
    expect(await sessions.validate(laptop.token)).toBeNull();
    expect(await sessions.validate(phone.token)).not.toBeNull();
    await sessions.revoke(laptop.session.id);
  });

  test('of all but one names those that ended, and touches nobody else', async () => {
    const [laptop, phone, tablet, other] = [
      await signIn(),
      await signIn(),
      await signIn(),
      await signIn(bob),
    ];
    expect((await sessions.revokeAll(ada.id, phone.session.id)).sort()).toEqual(
      [laptop.session.id, tablet.session.id].sort(),
    );
    expect(await sessions.validate(laptop.token)).toBeNull();
    expect(await sessions.validate(phone.token)).not.toBeNull();
    expect(await sessions.validate(other.token)).not.toBeNull();
    expect(await sessions.revokeAll(ada.id)).toEqual([phone.session.id]);
  });

  test('that cannot be stored is an error, never a silent success', async () => {
    const { token, session } = await signIn();
    memory.state.full = true;
    await expect(sessions.revoke(session.id)).rejects.toThrow('full');
    await expect(sessions.revokeAll(ada.id)).rejects.toThrow('full');
    expect(await sessions.validate(token)).not.toBeNull();
  });

  test('a session whose user is gone opens nothing', async () => {
    const { token } = await signIn();
    memory.users.delete(ada.id);
    expect(await sessions.validate(token)).toBeNull();
    expect(memory.sessions.size).toBe(0);
  });

  test('the list has the latest used first', async () => {
    const first = await signIn();
    time += 1_000;
    const second = await signIn();
    time += lastUsedGranularityMs;
    await sessions.validate(first.token);
    expect((await sessions.list(ada.id)).map(({ id }) => id)).toEqual([first.session.id, second.session.id]);
  });
});
