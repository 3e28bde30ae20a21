import { newClientId } from '@confab/contract';
import { createWorld, type Person, refusal, settled, type World } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Commands, commandsOf } from './commands.ts';
import { missingId, type Row, rows, type Scene } from './procedure-inputs.ts';
import { aProcedureScene, call } from './procedure-scene.ts';

/** What a database could take for an operator, a path or a pattern, in place of one field or of the whole input. */
const operators = [
  { $ne: null },
  { $gt: '' },
  { $regex: '.*' },
  { $where: 'sleep(1000)' },
  null,
  [['x']],
  true,
];

let world: World;
let scene: Scene;
let outsider: Person;
let commands: Commands;
/** The outsider's own. */
let own: { readonly group: string; readonly room: string };

beforeAll(async () => {
  world = await createWorld({ monitorCommands: true });
  commands = commandsOf(world);
  scene = await aProcedureScene(world);
  outsider = await world.person('mallory');
  const mine = { clientId: newClientId(), name: 'M', userIds: [scene.bob.id] };
  own = {
    group: (await outsider.api.conversations.createGroup(mine)).id,
    room: (await outsider.api.rooms.create({ clientId: newClientId(), name: 'M' })).id,
  };
  await settled(world.backend);
});
afterAll(() => world[Symbol.asyncDispose]());

async function everythingStored(): Promise<string> {
  const { connection } = world.backend.core.db;
  const collections = [
    'users',
    'sessions',
    'revokedSessions',
    'conversations',
    'memberships',
    'timeline',
    'blocks',
    'reports',
    'invitations',
  ];
  return JSON.stringify(
    await Promise.all(collections.map((name) => connection.collection(name).find().toArray())),
  );
}

function rowOf(path: string): Row {
  const row = rows[path];
  if (!row) throw new Error(`no row for ${path}`);
  return row;
}

const noScene = { ada: { id: missingId }, bob: { id: missingId } } as Scene;
/** The names of what a procedure takes, known before there is a scene. */
const takes = (path: string) => Object.keys(rowOf(path).input(noScene));

/** What the outsider is told, and the commands that it took: who counts time must not learn more. */
async function observed(path: string, input: unknown) {
  let told: Awaited<ReturnType<typeof refusal>> | undefined;
  const sent = await commands.during(async () => {
    told = await refusal(callOf(outsider, path, input));
  });
  if (!told) throw new Error('nothing was told');
  return { told, sent };
}

/** Subscriptions are for sockets. */
async function callOf(person: Person, path: string, input: unknown): Promise<unknown> {
  if (!path.startsWith('live.') || path === 'live.noteTyping') return call(person.api, path, input);
  const connection = {
    transport: 'socket' as const,
    closed: new AbortController().signal,
    subscriptions: new Set<AbortSignal>(),
  };
  const headers = { authorization: `Bearer ${person.token}` };
  const context = await world.backend.createContext({ connection, headers, clientAddress: '10.9.9.9' });
  const api = world.backend.caller(context, new AbortController().signal);
  const events = (await call(api, path, input)) as AsyncIterable<unknown>;
  for await (const event of events) return event;
  return null;
}

/** As a body arrives: JSON.parse makes `__proto__` an own key. */
const polluted: unknown = JSON.parse('{"__proto__":{"admin":true},"extra":1}');

const paths = Object.keys(rows);
const openToAll = new Set([
  'auth.register',
  'auth.signIn',
  'auth.issueToken',
  'auth.nameAvailable',
  'invitations.preview',
]);
const signedInOnly = paths.filter((path) => !openToAll.has(path));
const aboutConversations = paths.filter((path) => rows[path]?.outsider);

describe('every procedure', () => {
  it('has a row in this table', () => {
    expect(paths.sort()).toEqual(Object.keys(world.backend.router._def.procedures).sort());
  });
});

describe('malformed input', () => {
  it.each(paths)('to %s is refused with BAD_INPUT, and nothing is stored', async (path) => {
    const row = rowOf(path);
    const good = row.input(scene);
    const bad: unknown[] = [
      ...Object.keys(good).flatMap((key) =>
        operators
          .filter((operator) => operator !== good[key])
          .map((operator) => ({ ...good, [key]: operator })),
      ),
      ...(row.alsoBad ?? []).map((fields) => ({ ...good, ...fields })),
      ...(takes(path).length > 0 ? ['text', 7, [good], null, { ...good, role: 'admin' }, polluted] : []),
    ];
    const before = await everythingStored();
    for (const input of bad) {
      const { code } = await refusal(call(scene.ada.api, path, input));
      expect(code, JSON.stringify(input).slice(0, 200)).toBe('BAD_INPUT');
    }
    expect(await everythingStored()).toBe(before);
  });
});

describe('an outsider', () => {
  it.each(aboutConversations)(
    'learns from %s what a missing conversation would tell, and no more',
    async (path) => {
      const { input, outsiders = input } = rowOf(path);
      const before = await everythingStored();
      const existing = await observed(path, outsiders(scene));
      const missing = await observed(path, { ...outsiders(scene), conversationId: missingId });
      expect(existing.told.code).toBe('NOT_FOUND');
      expect(existing).toEqual(missing);
      expect(await everythingStored()).toBe(before);
    },
  );

  it.each(paths.filter((path) => takes(path).includes('messageId')))(
    'learns from %s about a message elsewhere what a missing one would tell',
    async (path) => {
      const there = { ...rowOf(path).input(scene), conversationId: own.group };
      const missing = await observed(path, { ...there, messageId: missingId });
      expect(missing.told.code).toBe('NOT_FOUND');
      expect(await observed(path, { ...there, messageId: scene.message })).toEqual(missing);
    },
  );

  it('learns from invitations.revoke about an invitation elsewhere what a missing one would tell', async () => {
    const path = 'invitations.revoke';
    const missing = await observed(path, { conversationId: own.room, invitationId: missingId });
    expect(missing.told.code).toBe('NOT_FOUND');
    const elsewhere = { conversationId: own.room, invitationId: scene.invitation };
    expect(await observed(path, elsewhere)).toEqual(missing);
  });

  it.each(['invitations.preview', 'invitations.accept'])(
    'learns from %s of a revoked invitation what a code that never was would tell',
    async (path) => {
      const made = await scene.ada.api.invitations.create({
        conversationId: scene.den,
        clientId: newClientId(),
      });
      await scene.ada.api.invitations.revoke({ conversationId: scene.den, invitationId: made.id });
      const missing = await observed(path, { code: 'x'.repeat(27) });
      expect(missing.told.code).toBe('NOT_FOUND');
      expect(await observed(path, { code: made.code })).toEqual(missing);
    },
  );

  it('is regarded by every procedure that names a conversation', () => {
    const naming = paths.filter((path) => takes(path).includes('conversationId'));
    expect([...aboutConversations].sort()).toEqual(naming.sort());
  });
});

describe('somebody who is not signed in', () => {
  it.each(signedInOnly)('gets nothing from %s', async (path) => {
    const nobody = await world.anonymous();
    expect((await refusal(call(nobody, path, rowOf(path).input(scene)))).code).toBe('UNAUTHENTICATED');
  });
});
