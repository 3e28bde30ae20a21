import { createHash } from 'node:crypto';
import type { Entry } from '@confab/contract';
import { afterAll, describe, expect, test } from 'vitest';
import { startEntry } from './entry.ts';
import { type RestAnswer, restClient } from './rest-client.ts';
import { openScene } from './rest-scene.ts';

const entry = await startEntry();
afterAll(() => entry[Symbol.asyncDispose]());
const call = restClient(entry.origin);

const atOnce = (times: number, send: () => Promise<RestAnswer>) =>
  Promise.all(Array.from({ length: times }, () => send()));
const entryOf = ({ body }: RestAnswer) => (body as { entry: Extract<Entry, { kind: 'message' }> }).entry;
const idOf = ({ body }: RestAnswer) => (body as { id: string }).id;

describe('a send under an Idempotency-Key', () => {
  const send = (scene: Awaited<ReturnType<typeof openScene>>, key: string | null, text = 'once') =>
    call(`POST /api/conversations/${scene.group}/messages`, {
      as: scene.ada,
      body: { text },
      ...(key !== null && { headers: { 'idempotency-key': key } }),
    });
  const texts = async ({ ada, group }: Awaited<ReturnType<typeof openScene>>) =>
    (await ada.api.messages.page({ conversationId: group })).entries.flatMap((stored) =>
      stored.kind === 'message' ? [stored.text] : [],
    );

  test('is stored once, however often and how much at once it is tried', async () => {
    const scene = await openScene(entry.world);
    const answers = await atOnce(20, () => send(scene, 'key-1'));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => entryOf(answer).rev)).size).toBe(1);
    expect(await texts(scene)).toEqual(['hello', 'once']);
  });

  test('would be stored as often as it is tried without the key', async () => {
    const scene = await openScene(entry.world);
    await atOnce(5, () => send(scene, null));
    expect(await texts(scene)).toEqual(['hello', 'once', 'once', 'once', 'once', 'once']);
  });

  test('with another text is refused, and nothing is stored', async () => {
    const scene = await openScene(entry.world);
    await send(scene, 'key-1');
    expect(await send(scene, 'key-1', 'twice')).toMatchObject({
      status: 409,
      body: { code: 'CLIENT_ID_REUSED' },
    });
    expect(await texts(scene)).toEqual(['hello', 'once']);
  });

  test('has the client id that the documentation tells, so that one person’s key says nothing of another’s', async () => {
    const scene = await openScene(entry.world);
    const derived = ({ id }: { id: string }) =>
      createHash('sha256').update(`${id}:key-1`).digest('hex').slice(0, 32);
    const [adas, bobs] = [await send(scene, 'key-1'), await send({ ...scene, ada: scene.bob }, 'key-1')];
    expect(entryOf(adas).clientId).toBe(derived(scene.ada));
    expect(entryOf(bobs).clientId).toBe(derived(scene.bob));
    expect(await texts(scene)).toEqual(['hello', 'once', 'once']);
  });

  test.each(['', 'with space', 'é', 'x'.repeat(256)])('of a malformed key (%j) is refused', async (key) => {
    const scene = await openScene(entry.world);
    expect(await send(scene, key)).toMatchObject({ status: 400, body: { field: 'Idempotency-Key' } });
    expect(await texts(scene)).toEqual(['hello']);
  });
});

describe('a creation under an Idempotency-Key', () => {
  test.each([
    ['POST /api/chatrooms', { name: 'Harbour' }, { name: 'Harbour', topic: 'Other' }],
    ['POST /api/chat/group', { name: 'G', users: ['bob'] }, { name: 'G', users: ['cleo'] }],
  ])('by %s happens once, and the key is taken then', async (operation, body, other) => {
    const scene = await openScene(entry.world);
    const named = (fields: typeof body) => ({
      ...fields,
      ...('users' in fields && {
        users: fields.users.map((name) => (name === 'bob' ? scene.bob.name : scene.cleo.id)),
      }),
    });
    const create = (fields: typeof body) =>
      call(operation, { as: scene.ada, body: named(fields), headers: { 'idempotency-key': 'made' } });
    const answers = await atOnce(5, () => create(body));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(await create(other)).toMatchObject({ status: 409, body: { code: 'CLIENT_ID_REUSED' } });
    const list = await scene.ada.api.conversations.list({});
    expect(list.conversations.filter(({ name }) => name === body.name)).toHaveLength(1);
  });

  test('of another person is another conversation', async () => {
    const scene = await openScene(entry.world);
    const create = (as: typeof scene.ada) =>
      call('POST /api/chatrooms', { as, body: { name: 'Harbour' }, headers: { 'idempotency-key': 'made' } });
    expect(idOf(await create(scene.ada))).not.toBe(idOf(await create(scene.bob)));
  });
});

describe('an edit, a reaction and a deletion under an Idempotency-Key', () => {
  test.each([
    ['PATCH', '', { text: 'hello again' }],
    ['PUT', '/reactions', { emoji: '👍', on: true }],
    ['DELETE', '', undefined],
  ])('by %s are stored once', async (method, part, body) => {
    const scene = await openScene(entry.world);
    const answers = await atOnce(5, () =>
      call(`${method} /api/conversations/${scene.group}/messages/${scene.message}${part}`, {
        as: scene.ada,
        body,
        headers: { 'idempotency-key': 'changed' },
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => entryOf(answer).rev)).size).toBe(1);
  });
});
