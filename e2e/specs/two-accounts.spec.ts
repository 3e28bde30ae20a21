import { newClientId } from '@confab/contract';
import type { BrowserContext, Page } from '@playwright/test';
import { composer, conversationRow, message, messageRow, openChat, write } from '../chat.ts';
import { holdRequests } from '../hold-requests.ts';
import { keptOnDevice } from '../kept-on-device.ts';
import { tap } from '../line.ts';
import {
  closed,
  expect,
  freshName,
  newTab,
  password,
  type Person,
  signInElsewhere,
  test,
} from '../people.ts';

async function signIn(page: Page, { name }: Person): Promise<void> {
  await page.getByLabel('Name or email').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/chats/);
}

const stopped = (page: Page, { name }: Person) =>
  page.getByRole('heading', { name: `This page was opened for ${name}` });

/** Tabs of this browser hear nothing of each other: what then still holds, the server holds. */
async function withoutHints(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    class Deaf extends EventTarget {
      onmessage: unknown = null;
      postMessage(): void {
        // Nobody hears it.
      }
      close(): void {
        // Nothing was open.
      }
    }
    Object.assign(globalThis, { BroadcastChannel: Deaf });
  });
}

/** A page that does not say for whom it was opened, as if none did. */
async function withoutNames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { fetch, WebSocket } = globalThis;
    globalThis.fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      headers.delete('confab-account');
      return fetch(input, { ...init, headers });
    };
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(String(url).replace(/\?account=.*/, ''), protocols);
      }
    };
  });
}

/** The calls of a page; let through, they go on with the cookie of that moment. */
const calls = /\/api\//;

interface Scene {
  readonly ada: Person;
  readonly eve: Person;
  readonly bob: Person;
  /** All three are in it. */
  readonly shared: string;
  /** Eve's and bob's. */
  readonly private: string;
  /** Two tabs of one browser, both at sign-in. */
  readonly context: BrowserContext;
  readonly a: Page;
  readonly b: Page;
}

type Fixtures = Parameters<Parameters<typeof test>[2]>[0];

async function setScene({ person, stranger }: Pick<Fixtures, 'person' | 'stranger'>): Promise<Scene> {
  const [ada, eve, bob] = [
    await person('ada', closed),
    await person('eve', closed),
    await person('bob', closed),
  ];
  const group = async (name: string, people: readonly Person[]) => {
    const userIds = people.map(({ id }) => id);
    const { id } = await bob.api.conversations.createGroup.mutate({ clientId: newClientId(), name, userIds });
    return id;
  };
  const context = await stranger();
  await withoutHints(context);
  return {
    ada,
    eve,
    bob,
    shared: await group(freshName('Pier'), [ada, eve]),
    private: await group(freshName('Secret'), [eve]),
    context,
    a: await context.newPage(),
    b: await context.newPage(),
  };
}

/** Who wrote what, as the server has it. */
async function stored({ bob, shared }: Scene): Promise<[string, string][]> {
  const { entries } = await bob.api.messages.page.query({ conversationId: shared });
  return entries.flatMap((entry) =>
    entry.kind === 'message' ? [[entry.senderId, entry.text] as [string, string]] : [],
  );
}

/** In A, which goes to the shared chat, or elsewhere; B's form is open by then. */
async function signInAda({ a, b, ada, shared }: Scene, path = `/chats/${shared}`): Promise<void> {
  await a.goto('/sign-in');
  await b.goto('/sign-in');
  await signIn(a, ada);
  await a.goto(path);
  await expect(a.getByText('Online', { exact: true }).first()).toBeVisible();
}

/** In B; A hears nothing of it. */
async function signInEve({ b, eve }: Scene): Promise<void> {
  await signIn(b, eve);
}

/**
 * The browser has eve's cookie from now on. Signing in over ada's session would end that, and stop A at once: here it
 * lives on, and only the cookie tells the two apart.
 */
async function takeCookieOfEve({ context, eve }: Scene): Promise<void> {
  await context.addCookies(await eve.context.cookies());
}

test('what is written in a tab of ada is never eve’s, who signed in in another one', async ({
  person,
  stranger,
}) => {
  const scene = await setScene({ person, stranger });
  const { a, b, ada, eve } = scene;
  const line = await tap(a);
  await signInAda(scene);
  const release = await holdRequests(a, calls);
  await takeCookieOfEve(scene);
  await line.cut();
  await write(a, 'Only ada says this.');
  line.mend();
  await expect(stopped(a, ada)).toBeVisible();
  await release();
  await expect(a.getByText(`This browser is signed in as ${eve.name} now`)).toBeVisible();
  await expect(composer(a)).toHaveCount(0);

  expect(await stored(scene)).toEqual([]);
  const kept = await keptOnDevice(b, ada.id);
  expect(kept?.unsent).toEqual(['Only ada says this.']);
  expect(kept?.cache).toContain(scene.shared);
  expect(kept?.cache).not.toContain(scene.private);
  expect((await keptOnDevice(b, eve.id))?.unsent ?? []).toEqual([]);

  await a.getByRole('button', { name: `Sign in as ${ada.name}` }).click();
  await expect(
    a.getByText(`This browser is signed in as ${eve.name}. Signing in here ends that.`),
  ).toBeVisible();
  await expect(a.getByLabel('Name or email')).toHaveValue(ada.name);
  await signIn(a, ada);
  await expect(a).toHaveURL(`/chats/${scene.shared}`);
  await expect.poll(() => stored(scene)).toEqual([[ada.id, 'Only ada says this.']]);
  await expect.poll(async () => (await keptOnDevice(a, ada.id))?.unsent).toEqual([]);
});

test('what ada wrote offline waits for ada, whoever signs in meanwhile', async ({ person, stranger }) => {
  const scene = await setScene({ person, stranger });
  const { a, ada } = scene;
  const line = await tap(a);
  await signInAda(scene);
  await line.cut();
  await write(a, 'Written offline.');
  await signInEve(scene);
  line.mend();
  await expect(stopped(a, ada)).toBeVisible();
  expect(await stored(scene)).toEqual([]);
  expect((await keptOnDevice(a, ada.id))?.unsent).toEqual(['Written offline.']);
});

test('control: a page that does not say for whom it was opened writes as eve', async ({
  person,
  stranger,
}) => {
  const scene = await setScene({ person, stranger });
  const { a, eve } = scene;
  const line = await tap(a);
  await withoutNames(a);
  await signInAda(scene);
  await signInEve(scene);
  await line.cut();
  await write(a, 'Who says this?');
  line.mend();
  await expect.poll(() => stored(scene)).toEqual([[eve.id, 'Who says this?']]);
});

test('the password that is changed in a tab of ada is not eve’s', async ({ person, stranger }) => {
  const scene = await setScene({ person, stranger });
  const { a, ada, eve } = scene;
  await signInAda(scene, '/you');
  const release = await holdRequests(a, calls);
  await takeCookieOfEve(scene);
  await a.getByLabel('Current password', { exact: true }).fill(password);
  await a.getByLabel('New password', { exact: true }).fill('another one altogether');
  await a.getByRole('button', { name: 'Change password' }).click();
  await release();
  await expect(stopped(a, ada)).toBeVisible();
  const devices = await Promise.all([stranger(), stranger()]);
  for (const [index, who] of [ada, eve].entries()) {
    const context = devices[index];
    if (context) await signInElsewhere(context, who);
  }
});

test('signing out in a tab of ada does not sign eve out', async ({ person, stranger }) => {
  const scene = await setScene({ person, stranger });
  const { a, b, ada, eve } = scene;
  await signInAda(scene);
  const release = await holdRequests(a, calls);
  await takeCookieOfEve(scene);
  await a.getByRole('button', { name: 'Settings' }).click();
  await a.getByRole('menuitem', { name: 'Sign out' }).click();
  await release();
  await expect(stopped(a, ada)).toBeVisible();
  await b.goto('/chats');
  await expect(b).toHaveURL('/chats');
  await a.getByRole('button', { name: `Go on as ${eve.name}` }).click();
  await expect(a).toHaveURL('/chats');
  await expect(a.getByRole('list', { name: 'Chats' })).toContainText('Secret');
});

test('a tab stops by itself as soon as another one is signed in as somebody else', async ({ person }) => {
  const [ada, eve] = [await person('ada'), await person('eve', closed)];
  const { page, context } = ada;
  await expect(page.getByText('Online', { exact: true }).first()).toBeVisible();
  const other = await context.newPage();
  await other.goto(`/sign-in?as=${eve.name}`);
  await signIn(other, eve);
  await expect(stopped(page, ada)).toBeVisible();
  // And goes on when the browser is ada's again.
  await other.goto(`/sign-in?as=${ada.name}`);
  await signIn(other, ada);
  await expect(page.getByRole('heading', { name: `Good to have you here, ${ada.name}` })).toBeVisible();
});

test('an invitation that was opened for ada does not let eve in', async ({ person, stranger }) => {
  const scene = await setScene({ person, stranger });
  const { a, b, ada, bob } = scene;
  const name = freshName('Chart room');
  const { id } = await bob.api.rooms.create.mutate({ clientId: newClientId(), name, visibility: 'private' });
  const { code } = await bob.api.invitations.create.mutate({ conversationId: id, clientId: newClientId() });
  await a.goto('/sign-in');
  await b.goto('/sign-in');
  await signIn(a, ada);
  await a.goto(`/join#${code}`);
  const join = a.getByRole('button', { name: 'Join the room' });
  await expect(join).toBeVisible();
  await signInEve(scene);
  await join.click();
  await expect(stopped(a, ada)).toBeVisible();
  const { members } = await bob.api.members.list.query({ conversationId: id });
  expect(members.map(({ user }) => user.id)).toEqual([bob.id]);
});

test('whatever a signed-in page asks for says for whom it was opened', async ({ person }) => {
  const [ada, bob] = [await person('ada', closed), await person('bob', closed)];
  const { id } = await ada.api.conversations.openDirect.mutate({ userId: bob.id });
  const unnamed: string[] = [];
  const seen = new Set<string>();
  ada.page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/api/')) return;
    seen.add(request.method());
    if (request.headers()['confab-account'] !== ada.id) unnamed.push(`${request.method()} ${pathname}`);
  });
  const sockets: (string | null)[] = [];
  ada.page.on('websocket', (socket) => sockets.push(new URL(socket.url()).searchParams.get('account')));
  await openChat(ada, id);
  await openChat(bob, id);
  await write(bob.page, 'Is the gauge up?');
  await expect(message(ada.page, 'Is the gauge up?')).toBeVisible();
  await write(ada.page, 'Since noon.');
  await expect(message(bob.page, 'Since noon.')).toBeVisible();
  await messageRow(ada.page, 'Since noon.').hover();
  for (const path of ['/you', '/people', '/rooms/all']) await ada.page.goto(path);
  await expect(ada.page.getByText('Online', { exact: true }).first()).toBeVisible();
  await newTab(ada, '/chats');
  await expect(conversationRow(bob.page, ada.name)).toBeVisible();
  expect(unnamed).toEqual([]);
  expect([...seen]).toContain('GET');
  expect(new Set(sockets)).toEqual(new Set([ada.id]));
});
