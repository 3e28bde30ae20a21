import { createWorld, type Person, type World } from '@confab/testkit';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { connectClient, upgradeStatus } from './client.ts';
import { browserHeaders, startNode } from './node.ts';

let world: World;
let ada: Person;
let eve: Person;

beforeEach(async () => {
  world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  [ada, eve] = [await world.person('ada'), await world.person('eve')];
});

it('closes a socket whose page was opened for somebody else, with a code of its own and before a word is answered', async () => {
  const { url } = await startNode(world);
  using client = connectClient({ url: `${url}?account=${ada.id}`, headers: browserHeaders(eve) });
  let answered = false;
  void client.trpc.auth.me.query().then(
    () => (answered = true),
    () => undefined,
  );
  expect(await client.closed).toBe(4409);
  expect(answered).toBe(false);
});

it('control: serves one that names nobody as whoever the cookie belongs to', async () => {
  const { url } = await startNode(world);
  using client = connectClient({ url, headers: browserHeaders(eve) });
  expect(await client.trpc.auth.me.query()).toMatchObject({ id: eve.id });
});

it('serves one that names the account of the cookie', async () => {
  const { url } = await startNode(world);
  using client = connectClient({ url: `${url}?account=${eve.id}`, headers: browserHeaders(eve) });
  expect(await client.trpc.auth.me.query()).toMatchObject({ id: eve.id });
});

it('takes a name for no session, and none for a program', async () => {
  const { url } = await startNode(world);
  const { origin = '' } = browserHeaders(ada);
  expect(await upgradeStatus(`${url}?account=${ada.id}`, { origin })).toBe(401);
  expect(await upgradeStatus(`${url}?account=`, browserHeaders(ada))).toBe(101);
  using program = connectClient({ url, token: eve.token });
  expect(await program.trpc.auth.me.query()).toMatchObject({ id: eve.id });
});
