import { newClientId } from '@confab/contract';
import { afterAll, describe, expect, test } from 'vitest';
import { startEntry } from './entry.ts';
import { type RestAnswer, restClient } from './rest-client.ts';
import { type ApiDocument, callRow, operationsOf } from './rest-document.ts';
import { everythingStored, openScene, rows } from './rest-scene.ts';

const entry = await startEntry();
afterAll(() => entry[Symbol.asyncDispose]());
const call = restClient(entry.origin);
const scene = await openScene(entry.world);
const document = (await call('GET /api/openapi.json')).body as ApiDocument;
const inConversations = operationsOf(document)
  .filter(({ path }) => path.includes('{conversationId}'))
  .map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

const missing = 'f'.repeat(24);
const { id: direct } = await scene.ada.api.conversations.openDirect({ userId: scene.bob.id });

/** Everything that travels, but for what differs from one answer to the next whoever asks. */
function visible({ status, headers, body }: RestAnswer): unknown {
  const changing = new Set(['date', 'content-security-policy']);
  return { status, body, headers: [...headers].filter(([name]) => !changing.has(name)) };
}

describe('an outsider', () => {
  test.each(inConversations)(
    'learns from %s what a missing conversation would tell, and no more',
    async (_, operation) => {
      const row = rows[operation.operationId]?.(scene) ?? {};
      // Not yet noted uses of the session would be a difference.
      await call('GET /api/me', { as: scene.cleo });
      const before = await everythingStored(entry.world);
      const ask = (conversationId: string) =>
        callRow(call, operation, { ...row, by: scene.cleo, params: { ...row.params, conversationId } });
      const nothing = visible(await ask(missing));
      expect(nothing).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect(visible(await ask(scene.group))).toEqual(nothing);
      expect(visible(await ask(direct))).toEqual(nothing);
      expect(visible(await ask(scene.den))).toEqual(nothing);
      expect(await everythingStored(entry.world)).toBe(before);
    },
  );

  test('cannot tell another conversation’s message from a missing one', async () => {
    const own = await scene.cleo.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'Mine',
      userIds: [scene.ada.id],
    });
    for (const [method, part, body] of [
      ['PATCH', '', { text: 'x' }],
      ['PUT', '/reactions', { emoji: '👍', on: true }],
      ['GET', '/versions', undefined],
      ['DELETE', '', undefined],
    ] as const) {
      const ask = async (messageId: string) =>
        visible(
          await call(`${method} /api/conversations/${own.id}/messages/${messageId}${part}`, {
            as: scene.cleo,
            body,
          }),
        );
      expect(await ask(missing)).toMatchObject({ status: 404 });
      expect(await ask(scene.message)).toEqual(await ask(missing));
    }
  });

  test('learns of a revoked invitation what a code that never was would tell', async () => {
    const own = await openScene(entry.world);
    await own.ada.api.invitations.revoke({ conversationId: own.den, invitationId: own.invitation });
    for (const operation of ['POST /api/invitations/preview', 'POST /api/invitations/accept']) {
      const ask = async (code: string) => visible(await call(operation, { as: own.cleo, body: { code } }));
      const nothing = await ask('x'.repeat(27));
      expect(nothing).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect(await ask(own.code)).toEqual(nothing);
    }
  });

  test('finds no private conversation in any list', async () => {
    const lists = await Promise.all(
      ['GET /api/conversations', 'GET /api/chatrooms', 'GET /api/chatrooms?prefix=den'].map((list) =>
        call(list, { as: scene.cleo }),
      ),
    );
    expect(JSON.stringify(lists.map(({ body }) => body))).not.toMatch(
      new RegExp(`${scene.group}|${direct}|${scene.den}`),
    );
  });
});

describe('a member, who asks the same', () => {
  test.each(inConversations.filter(([, { operationId }]) => operationId !== 'rooms.join'))(
    'is answered by %s',
    async (_, operation) => {
      const own = await openScene(entry.world);
      const row = rows[operation.operationId]?.(own) ?? {};
      expect((await callRow(call, operation, { ...row, fallback: own.ada })).status).toBeLessThan(300);
    },
  );
});
