import { limits } from '@confab/contract';
import { type Person, testOrigin } from '@confab/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { decodeRefusedForm, refusedFormHeader, type RefusedForm } from '../src/lib/refused-form.ts';
import { startEntry, type Entry } from './entry.ts';

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly cookie: string | undefined;
  /** What the page was told to show; null when it was not asked for. */
  readonly refused: RefusedForm | null;
}

async function open(): Promise<{ entry: Entry; ada: Person }> {
  const entry = await startEntry();
  onTestFinished(() => entry[Symbol.asyncDispose]());
  return { entry, ada: await entry.world.person('ada') };
}

async function post(
  { origin, pageHeaders }: Entry,
  path: string,
  body: Record<string, string> | string,
  headers: Record<string, string> = { origin: testOrigin },
): Promise<Answer> {
  const asked = pageHeaders.length;
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: typeof body === 'string' ? body : new URLSearchParams(body),
    headers,
  });
  await response.text();
  const passedOn = pageHeaders[asked]?.[refusedFormHeader];
  return {
    status: response.status,
    location: response.headers.get('location'),
    cookie: response.headers.getSetCookie()[0],
    refused: typeof passedOn === 'string' ? decodeRefusedForm(passedOn) : null,
  };
}

const credentials = ({ name, password }: Person) => ({ login: name, password });

test('a form signs in: the cookie, and the way on, to a path of ours only', async () => {
  const { entry, ada } = await open();
  for (const [next, location] of [
    ['', '/chats'],
    ['?next=%2Frooms%2Fall', '/rooms/all'],
    ['?next=%2F%2Fevil.example', '/chats'],
    ['?next=https%3A%2F%2Fevil.example', '/chats'],
    ['?next=%2Fjoin', '/join'],
  ] as const) {
    const answer = await post(entry, `/sign-in${next}`, credentials(ada));
    expect(answer).toMatchObject({ status: 303, location, refused: null });
    expect(answer.cookie).toMatch(/^[^=]+=[a-z2-7]{40};.*HttpOnly/);
  }
});

test('a form registers, by the rules of the router', async () => {
  const { entry, ada } = await open();
  const mira = { name: 'mira', email: 'mira@example.org', password: 'correct horse battery' };
  const taken = await post(entry, '/register', { ...mira, name: ada.name });
  expect(taken).toMatchObject({
    status: 409,
    cookie: undefined,
    refused: {
      values: { name: ada.name, email: mira.email },
      details: { code: 'NAME_TAKEN', field: 'name' },
    },
  });
  const short = await post(entry, '/register', { ...mira, password: 'short' });
  expect(short.refused?.details).toEqual({ code: 'BAD_INPUT', field: 'password' });
  expect(await post(entry, '/register', mira)).toMatchObject({ status: 303, location: '/chats' });
});

test('a refusal gives back what was typed, and never a password', async () => {
  const { entry, ada } = await open();
  const wrong = await post(entry, '/sign-in', { login: ada.name, password: 'not her password' });
  expect(wrong).toMatchObject({
    status: 401,
    cookie: undefined,
    location: null,
    refused: {
      values: { login: ada.name },
      details: { code: 'SIGN_IN_FAILED' },
      message: 'That name or password is not right.',
    },
  });
  expect(JSON.stringify(entry.pageHeaders)).not.toContain('not her password');
  expect(JSON.stringify(entry.pageHeaders)).not.toContain(encodeURIComponent('not her password'));
  const empty = await post(entry, '/sign-in', { login: ' ', password: '' });
  expect(empty.refused?.details).toEqual({ code: 'BAD_INPUT', field: 'login' });
});

test('the limits of the router hold, with the time to wait for', async () => {
  const { entry, ada } = await open();
  const guesses = Array.from({ length: 12 }, () =>
    post(entry, '/sign-in', { login: ada.name, password: 'a guess of somebody' }),
  );
  const limited = (await Promise.all(guesses)).filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThan(0);
  expect(limited[0]?.refused?.details).toMatchObject({ code: 'RATE_LIMITED' });
  expect(limited[0]?.refused?.details.retryAfterMs).toBeGreaterThan(0);
});

test.each([
  ['another site', { origin: 'https://evil.example' }, 'CROSS_SITE', 403],
  ['a browser that says nothing of where it comes from', { cookie: 'a=b' }, 'CROSS_SITE', 403],
  ['JSON', { origin: testOrigin, 'content-type': 'application/json' }, 'BAD_INPUT', 400],
  ['plain text', { origin: testOrigin, 'content-type': 'text/plain' }, 'BAD_INPUT', 400],
] as const)('a form of %s is refused before anything is looked at', async (_, headers, code, status) => {
  const { entry, ada } = await open();
  const body = new URLSearchParams(credentials(ada)).toString();
  const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
  const answer = await post(entry, '/sign-in', body, form);
  expect(answer).toMatchObject({ status, cookie: undefined, refused: { details: { code } } });
  // The page alone, which says so, asks who is there.
  expect(entry.clientAddresses).toHaveLength(1);
});

test.each([
  ['too many bytes', `login=${'a'.repeat(limits.formBytesMax)}&password=b`, 'TOO_LARGE', 413],
  ['bytes that are no text', Buffer.from([0xff, 0xfe]).toString('latin1'), 'BAD_INPUT', 400],
])('a form of %s is refused', async (_, body, code, status) => {
  const { entry } = await open();
  const headers = { origin: testOrigin, 'content-type': 'application/x-www-form-urlencoded' };
  expect(await post(entry, '/sign-in', body, headers)).toMatchObject({
    status,
    refused: { details: { code } },
  });
});

test('nobody else tells a page what to show, and other pages take no form', async () => {
  const { entry } = await open();
  const forged = await fetch(`${entry.origin}/sign-in`, { headers: { [refusedFormHeader]: '%7B%7D' } });
  expect(forged.status).toBe(200);
  expect(entry.pageHeaders.at(-1)).not.toHaveProperty(refusedFormHeader);
  for (const path of ['/you', '/chats', '/sign-in/', '/__proto__'])
    expect((await post(entry, path, { login: 'a', password: 'b' })).status).toBe(405);
});
