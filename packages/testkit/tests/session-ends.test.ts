import type { ErrorDetails } from '@confab/contract';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createWorld, type Person, refusal, type World } from '../src/index.ts';

const dayMs = 86_400_000;

async function open(): Promise<{ world: World; ada: Person; pass: (days: number) => void }> {
  let now = Date.now();
  const world = await createWorld({ now: () => new Date(now) });
  onTestFinished(() => world[Symbol.asyncDispose]());
  return { world, ada: await world.person('ada'), pass: (days) => (now += days * dayMs) };
}

/** What a device is told whose token no longer opens anything. */
async function told(
  { backend }: World,
  token: string,
): Promise<Pick<ErrorDetails, 'code' | 'sessionRevoked'> & { owner: string | null }> {
  const context = await backend.createContext({
    connection: { transport: 'http', closed: new AbortController().signal, setCookie: () => undefined },
    headers: { authorization: `Bearer ${token}` },
    clientAddress: '10.9.9.9',
  });
  const { code, sessionRevoked } = await refusal(backend.caller(context).auth.me());
  return { code, ...(sessionRevoked && { sessionRevoked }), owner: context.revokedOwnerId };
}

/** Another session of the same person. @returns its token */
async function signInElsewhere(world: World, { name, password }: Person): Promise<string> {
  return (await (await world.anonymous()).auth.issueToken({ login: name, password })).token;
}

const expired = { code: 'UNAUTHENTICATED', owner: null };

it.each([
  ['signing out', ({ api }: Person) => api.auth.signOut(), 'own'],
  ['“sign out everywhere else”', ({ api }: Person) => api.auth.endOtherSessions(), 'other'],
  [
    'a change of the password',
    ({ api, password }: Person) => api.auth.changePassword({ current: password, next: 'another good one' }),
    'other',
  ],
  [
    'ending it by its name',
    async ({ api }: Person) => {
      const sessions = await api.auth.sessions();
      await api.auth.endSession({ sessionId: sessions.find(({ current }) => !current)?.id ?? '' });
    },
    'other',
  ],
] as const)(
  'a session that %s has ended is told as revoked, for as long as a browser may ask',
  async (_, end, whose) => {
    const { world, ada, pass } = await open();
    const other = await signInElsewhere(world, ada);
    await end(ada);
    const token = whose === 'own' ? ada.token : other;
    const revoked = { code: 'UNAUTHENTICATED', sessionRevoked: true, owner: ada.id };
    expect(await told(world, token)).toEqual(revoked);
    // Longer than the session would have lived.
    pass(399);
    expect(await told(world, token)).toEqual(revoked);
  },
);

it('a session that expired is not, neither before nor after its record is cleaned away', async () => {
  const { world, ada, pass } = await open();
  pass(400);
  expect(await told(world, ada.token)).toEqual(expired);
  await world.backend.core.sessions.deleteExpired();
  expect(await told(world, ada.token)).toEqual(expired);
  expect(await told(world, 'a'.repeat(40))).toEqual(expired);
});

it('control: without the record of its revocation it looks like one that expired', async () => {
  const { world, ada } = await open();
  vi.spyOn(world.backend.core.db.revokedSessions, 'add').mockResolvedValue();
  await ada.api.auth.signOut();
  expect(await told(world, ada.token)).toEqual(expired);
});

it('is on record before it ends: a process that dies in between ends none that looks expired', async () => {
  const { world, ada } = await open();
  const { core } = world.backend;
  const other = await signInElsewhere(world, ada);
  vi.spyOn(core.sessions, 'revokeAll').mockRejectedValueOnce(new Error('the process died'));
  await refusal(ada.api.auth.endOtherSessions()).catch(() => undefined);
  expect(await core.db.revokedSessions.model.countDocuments()).toBe(1);
  expect(await core.sessions.validate(other)).not.toBeNull();
});
