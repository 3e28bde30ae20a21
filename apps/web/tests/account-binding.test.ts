import { accountHeader, newClientId } from '@confab/contract';
import { type Person, testOrigin, type World } from '@confab/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { startEntry, type Entry } from './entry.ts';

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
}

interface Body {
  readonly error?: { readonly data: { readonly confab: { readonly code: string } } };
}

async function call(entry: Entry, path: string, headers: Record<string, string>, input?: unknown) {
  const response = await fetch(`${entry.origin}/api/trpc/${path}`, {
    headers: { 'content-type': 'application/json', origin: testOrigin, ...headers },
    ...(input !== undefined && { method: 'POST', body: JSON.stringify(input) }),
  });
  const body = (await response.json()) as Body | Body[];
  const [first] = [body].flat();
  return { status: response.status, code: first?.error?.data.confab.code } satisfies Answer;
}

async function scene(): Promise<{ entry: Entry; world: World; ada: Person; eve: Person }> {
  const entry = await startEntry();
  onTestFinished(() => entry[Symbol.asyncDispose]());
  const { world } = entry;
  return { entry, world, ada: await world.person('ada'), eve: await world.person('eve') };
}

const cookieOf = ({ cookie }: Person) => ({ cookie });
const refused = { status: 409, code: 'OTHER_ACCOUNT' };

test('a page of ada acts for nobody else, whatever it asks for, and nothing is done', async () => {
  const { entry, ada, eve } = await scene();
  const room = await eve.api.rooms.create({ clientId: newClientId(), name: 'Pier' });
  const named = { ...cookieOf(eve), [accountHeader]: ada.id };
  const message = { conversationId: room.id, clientId: newClientId(), text: 'As whom?' };
  expect(await call(entry, 'auth.me', named)).toEqual(refused);
  expect(await call(entry, 'messages.send', named, message)).toEqual(refused);
  const change = { current: eve.password, next: 'another one altogether' };
  expect(await call(entry, 'auth.changePassword', named, change)).toEqual(refused);
  expect(await call(entry, 'auth.signOut', named, {})).toEqual(refused);
  expect(await call(entry, 'auth.me,auth.sessions?batch=1', named)).toEqual(refused);
  expect(await call(entry, 'auth.nameAvailable?input=%7B%22name%22%3A%22mira%22%7D', named)).toEqual(refused);
  const { entries } = await eve.api.messages.page({ conversationId: room.id });
  expect(entries.filter(({ kind }) => kind === 'message')).toEqual([]);
  // Her password is the old one still, and so is her session.
  await eve.api.auth.changePassword(change);
});

test('control: a page that names nobody, or the right one, acts for whoever the cookie belongs to', async () => {
  const { entry, eve } = await scene();
  const room = await eve.api.rooms.create({ clientId: newClientId(), name: 'Pier' });
  for (const headers of [cookieOf(eve), { ...cookieOf(eve), [accountHeader]: eve.id }]) {
    const message = { conversationId: room.id, clientId: newClientId(), text: 'As eve.' };
    expect(await call(entry, 'messages.send', headers, message)).toEqual({ status: 200, code: undefined });
  }
});

test.each([[''], ['undefined'], ['0'.repeat(24)]])(
  'the name %j is that of another account',
  async (named) => {
    const { entry, eve } = await scene();
    expect(await call(entry, 'auth.me', { ...cookieOf(eve), [accountHeader]: named })).toEqual(refused);
  },
);

test('without a session a name changes nothing', async () => {
  const { entry, ada } = await scene();
  expect(await call(entry, 'auth.me', { [accountHeader]: ada.id })).toEqual({
    status: 401,
    code: 'UNAUTHENTICATED',
  });
});

test('the REST API compares it, too', async () => {
  const { entry, ada, eve } = await scene();
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(`${entry.origin}/api/me`, { headers });
    return { status: answer.status, code: ((await answer.json()) as { code?: string }).code };
  };
  expect(await ask({ ...cookieOf(eve), [accountHeader]: ada.id })).toEqual(refused);
  expect(await ask({ authorization: `Bearer ${eve.token}` })).toEqual({ status: 200, code: undefined });
});
