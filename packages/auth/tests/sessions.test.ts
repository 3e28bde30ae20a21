import { createHash } from 'node:crypto';
import { limits } from '@confab/contract';
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
    expect(await sessions.validate(token)).toEqual({ session, user: bob });
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

  test('use in the second half prolongs it by 30 days; before that it does not', async () => {
    const { token, session } = await signIn();
    time += 14 * dayMs;
    expect((await sessions.validate(token))?.session.expiresAt).toEqual(session.expiresAt);
    time += 2 * dayMs;
    const prolonged = await sessions.validate(token);
    expect(Math.abs((prolonged?.session.expiresAt.getTime() ?? 0) - (time + 30 * dayMs))).toBeLessThan(1_000);
    time += 29 * dayMs;
    expect(await sessions.validate(token)).not.toBeNull();
  });

  test('a session ends after 90 days, however much it is used, and is not written at every use of the last ones', async () => {
    const { token, session } = await signIn();
    for (let day = 1; day < 90; day += 1) {
      time += dayMs;
      expect(await sessions.validate(token)).not.toBeNull();
    }
    const end = new Date(session.createdAt.getTime() + 90 * dayMs);
    expect((await sessions.validate(token))?.session.expiresAt).toEqual(end);
    const writes = () => memory.calls.filter((call) => call === 'updateExpiry').length;
    const before = writes();
    for (let use = 0; use < 10; use += 1) await sessions.validate(token);
    expect(writes()).toBe(before);
    time += dayMs + 1_000;
    expect(await sessions.validate(token)).toBeNull();
    expect(memory.sessions.size).toBe(0);
  });

  test('a session that a version before prolonged further ends then, too', async () => {
    const { token, session } = await signIn();
    const late = new Date(time + 500 * dayMs);
    memory.sessions.set(session.id, { ...session, expiresAt: late, lastUsedAt: late });
    time += 89 * dayMs;
    expect((await sessions.validate(token))?.session.expiresAt.getTime()).toBe(time + dayMs);
    expect([...(await sessions.living([session.id]))]).toEqual([session.id]);
    time += dayMs + 1_000;
    expect([...(await sessions.living([session.id]))]).toEqual([]);
    expect(await sessions.validate(token)).toBeNull();
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

describe('one session more than a person may have', () => {
  test("ends the one that was not used for longest, and nobody else's", async () => {
    const made = [];
    for (let i = 0; i < limits.sessionsPerUserMax; i += 1) {
      made.push(await signIn());
      time += 1_000;
    }
    const other = await signIn(bob);
    // The first is in use, so the second is the oldest idle one.
    time += lastUsedGranularityMs;
    await sessions.validate(made[0]?.token ?? '');
    const { ended, token } = await signIn();
    expect(ended).toEqual([made[1]?.session.id]);
    expect(await sessions.validate(made[1]?.token ?? '')).toBeNull();
    for (const each of [made[0], { token }, other])
      expect(await sessions.validate(each?.token ?? '')).not.toBeNull();
    expect(await sessions.list(ada.id)).toHaveLength(limits.sessionsPerUserMax);
  });

  test('leaves no more than that many of those who sign in at once', async () => {
    await Promise.all(Array.from({ length: 80 }, () => signIn()));
    expect((await sessions.list(ada.id)).length).toBeLessThanOrEqual(limits.sessionsPerUserMax);
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
