import { createWorld, type Person, refusal, type World } from '../src/index.ts';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

let world: World;
let ada: Person;
const next = 'another good one';

beforeEach(async () => {
  world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  ada = await world.person('ada');
});

const signIn = async (password: string) => (await world.anonymous()).auth.signIn({ login: 'ada', password });

describe('a change of the password', () => {
  it('takes the new one from then on, and leaves the session that asked', async () => {
    await signIn(ada.password);
    await ada.api.auth.changePassword({ current: ada.password, next });
    expect((await refusal(signIn(ada.password))).code).toBe('SIGN_IN_FAILED');
    expect(await ada.api.auth.sessions()).toMatchObject([{ current: true }]);
    expect((await signIn(next)).name).toBe('ada');
  });

  it('is refused to whoever does not know the present one, and changes nothing', async () => {
    const wrong = await refusal(ada.api.auth.changePassword({ current: 'a wrong one', next }));
    expect(wrong).toMatchObject({ code: 'WRONG_PASSWORD', field: 'current' });
    expect((await signIn(ada.password)).name).toBe('ada');
  });

  it('is limited where it fails, like the sign-in, and not where it succeeds', async () => {
    let current = ada.password;
    // More than may fail; two hashes each, of 20 at once.
    for (let i = 0; i < 6; i++) {
      await ada.api.auth.changePassword({ current, next: `number ${String(i)} of them` });
      current = `number ${String(i)} of them`;
    }
    const bob = await world.person('bob');
    const guesses = Array.from({ length: 7 }, () =>
      bob.api.auth.changePassword({ current: 'a wrong one', next }),
    );
    const codes = (await Promise.all(guesses.map(refusal))).map(({ code }) => code);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
    const late = await refusal(bob.api.auth.changePassword({ current: bob.password, next }));
    expect(late).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) as number });
  });

  it('is limited by what it costs, right or wrong', async () => {
    const changes = Array.from({ length: 12 }, (_, i) =>
      ada.api.auth.changePassword({ current: ada.password, next: `number ${String(i)} of them` }),
    );
    const outcomes = await Promise.allSettled(changes);
    const codes = await Promise.all(
      changes.filter((_, i) => outcomes[i]?.status === 'rejected').map(refusal),
    );
    expect(codes.filter(({ code }) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(2);
  });

  it('of two at once, one counts', async () => {
    const change = (to: string) => ada.api.auth.changePassword({ current: ada.password, next: to });
    const outcomes = await Promise.allSettled([change('the first of two'), change('the second of two')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a sign-in with the old password that a change overtakes', () => {
  /** The change is made, and has ended all sessions, right before the sign-in stores its own. */
  async function overtaken() {
    const { sessions } = world.backend.core;
    const create = sessions.create.bind(sessions);
    vi.spyOn(sessions, 'create').mockImplementationOnce(async (of) => {
      await ada.api.auth.changePassword({ current: ada.password, next });
      return create(of);
    });
    return signIn(ada.password);
  }

  it('is refused, and no session is left of it', async () => {
    expect((await refusal(overtaken())).code).toBe('SIGN_IN_FAILED');
    expect(await ada.api.auth.sessions()).toHaveLength(1);
  });

  it('would stand if the password were not looked at again', async () => {
    const { users } = world.backend.core.db;
    const stale = (await users.findCredentials({ nameKey: 'ada' }))?.passwordHash ?? '';
    const find = users.findPasswordHash.bind(users);
    let calls = 0;
    vi.spyOn(users, 'findPasswordHash').mockImplementation(async (id) => (++calls === 1 ? find(id) : stale));
    await overtaken();
    expect(await ada.api.auth.sessions()).toHaveLength(2);
  });
});
