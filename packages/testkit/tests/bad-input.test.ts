import { newClientId } from '@confab/contract';
import { createWorld, type Person, refusal, settled, type World } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Where the rows below get their ids from. */
interface Scene {
  readonly ada: Person;
  readonly bob: Person;
  /** ada's and bob's. */
  readonly group: string;
  /** ada's, in the group. */
  readonly message: string;
  readonly room: string;
  readonly epoch: string;
}

interface Row {
  /** An input that would be accepted. */
  readonly input: (scene: Scene) => Record<string, unknown>;
  /** Inputs of the right shape that are refused all the same. */
  readonly alsoBad?: readonly Record<string, unknown>[];
  /** What an outsider gets with this input; absent where the procedure is about nobody's conversation. */
  readonly outsider?: 'NOT_FOUND';
}

const id = 'f'.repeat(24);
const badIds = ['', 'x', id.toUpperCase(), `${id}0`, `${id}\n`, '../../etc', 'ﬀ'.repeat(12)];
const badLimits = [-1, 0, 1e9, 1.5, '10', null].map((limit) => ({ limit }));
const badTexts = ['', ' \n ', '\0', 'a\ud800', 'x'.repeat(10_001), `a${'\u0301'.repeat(20_000)}`];
const page: Row['alsoBad'] = [...badLimits, { cursor: 'forged' }, { cursor: 'W10' }, { cursor: '' }];
const inConversation = (more: Record<string, unknown> = {}): Row['input'] => {
  return ({ group }) => ({ conversationId: group, ...more });
};
const conversationIds = badIds.map((conversationId) => ({ conversationId }));
const messageIds = badIds.map((messageId) => ({ messageId }));
const badEmoji = ['', 'a', '1', '👍👍', '👍'.repeat(40), '\ud83d', '.', '$'].map((emoji) => ({ emoji }));
const badSeqs = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1'];
const aboutMessage = (more: Record<string, unknown> = {}): Row['input'] => {
  return ({ group, message }) => ({ conversationId: group, messageId: message, ...more });
};
const userIds = badIds.map((userId) => ({ userId }));

const rows: Record<string, Row> = {
  'auth.me': { input: () => ({}) },
  'auth.signOut': { input: () => ({}) },
  'auth.sessions': { input: () => ({}) },
  'auth.endSession': {
    input: () => ({ sessionId: 'f'.repeat(32) }),
    alsoBad: ['', 'f'.repeat(31), 'F'.repeat(32), 'f'.repeat(64), `${'f'.repeat(32)}\n`].map((sessionId) => ({
      sessionId,
    })),
  },
  'auth.endOtherSessions': { input: () => ({}) },
  'auth.changePassword': {
    input: () => ({ current: 'correct horse battery', next: 'long enough' }),
    alsoBad: [
      { current: '' },
      { current: 'x'.repeat(1_048_576) },
      { next: 'short' },
      { next: 'x'.repeat(1_048_576) },
      { next: 'half a character \ud800' },
    ],
  },
  'auth.nameAvailable': {
    input: () => ({ name: 'grace' }),
    alsoBad: [{ name: 'a b' }, { name: 'x'.repeat(5_000) }],
  },
  'auth.register': {
    input: () => ({ name: 'grace', email: 'grace@example.org', password: 'long enough' }),
    alsoBad: [
      { name: 'p\u0430ul' },
      { email: 'nobody' },
      { email: `${'x'.repeat(300)}@example.org` },
      { password: 'short' },
      { password: 'x'.repeat(1_048_576) },
      { password: 'half a character \ud800' },
    ],
  },
  'auth.signIn': {
    input: () => ({ login: 'ada', password: 'correct horse battery' }),
    alsoBad: [{ login: '' }, { password: '' }, { password: 'x'.repeat(1_048_576) }],
  },
  'auth.issueToken': {
    input: () => ({ login: 'ada', password: 'correct horse battery' }),
    alsoBad: [{ login: '' }, { password: '' }, { password: 'x'.repeat(1_048_576) }],
  },
  'users.search': { input: () => ({ prefix: 'a' }), alsoBad: [{ prefix: 'x'.repeat(33) }, ...page] },
  'users.byIds': {
    input: ({ ada }) => ({ ids: [ada.id] }),
    alsoBad: [{ ids: [] }, { ids: Array.from({ length: 101 }, () => id) }, { ids: ['x'] }],
  },
  'conversations.list': { input: () => ({}), alsoBad: page },
  'conversations.get': { input: inConversation(), alsoBad: conversationIds, outsider: 'NOT_FOUND' },
  'conversations.openDirect': { input: ({ bob }) => ({ userId: bob.id }), alsoBad: userIds },
  'conversations.createGroup': {
    input: ({ bob }) => ({ clientId: newClientId(), name: 'G', userIds: [bob.id] }),
    alsoBad: [
      { clientId: 'x' },
      { name: ' ' },
      { name: 'x'.repeat(65) },
      { userIds: [] },
      { userIds: ['x'] },
    ],
  },
  'conversations.mark': {
    input: ({ group, epoch }) => ({ conversationId: group, epoch, deliveredSeq: 1, readSeq: 1 }),
    alsoBad: [
      ...conversationIds,
      { epoch: '' },
      { epoch: 'x'.repeat(65) },
      ...badSeqs.flatMap((seq) => [{ deliveredSeq: seq }, { readSeq: seq }]),
    ],
    outsider: 'NOT_FOUND',
  },
  'conversations.watermarks': { input: inConversation(), alsoBad: conversationIds, outsider: 'NOT_FOUND' },
  'conversations.createGroupByNames': {
    input: ({ bob }) => ({ clientId: newClientId(), name: 'G', users: ['ada', bob.id] }),
    alsoBad: [
      { clientId: 'x' },
      { name: ' ' },
      { users: [] },
      { users: ['a b'] },
      { users: [{ $ne: null }] },
      { users: Array.from({ length: 100 }, () => 'bob') },
    ],
  },
  'conversations.leave': { input: inConversation(), alsoBad: conversationIds, outsider: 'NOT_FOUND' },
  'members.list': { input: inConversation(), alsoBad: [...conversationIds, ...page], outsider: 'NOT_FOUND' },
  'members.add': {
    input: (s) => ({ conversationId: s.group, userId: s.bob.id }),
    alsoBad: userIds,
    outsider: 'NOT_FOUND',
  },
  'members.remove': {
    input: (s) => ({ conversationId: s.group, userId: s.bob.id }),
    alsoBad: userIds,
    outsider: 'NOT_FOUND',
  },
  'members.ban': {
    input: (s) => ({ conversationId: s.group, userId: s.bob.id }),
    alsoBad: userIds,
    outsider: 'NOT_FOUND',
  },
  'rooms.list': { input: () => ({}), alsoBad: page },
  'rooms.listWithMembers': { input: () => ({}), alsoBad: [...page, { limit: 51 }] },
  'rooms.create': {
    input: () => ({ clientId: newClientId(), name: 'Harbour', topic: '' }),
    alsoBad: [{ clientId: 'x' }, { name: '\u200b' }, { topic: 'x'.repeat(201) }, { name: 'a\0b' }],
  },
  'rooms.join': { input: ({ room }) => ({ conversationId: room }), alsoBad: conversationIds },
  'messages.page': {
    input: inConversation({ before: 2 }),
    alsoBad: [
      ...badLimits,
      { before: 0 },
      { before: -1 },
      { before: 1.5 },
      { before: Number.NaN },
      { before: '2' },
    ],
    outsider: 'NOT_FOUND',
  },
  'messages.pull': {
    input: inConversation({ after: 0 }),
    alsoBad: [
      ...badLimits,
      { after: -1 },
      { after: 0.5 },
      { after: Number.POSITIVE_INFINITY },
      { after: '0' },
    ],
    outsider: 'NOT_FOUND',
  },
  'messages.send': {
    input: inConversation({ clientId: newClientId(), text: 'hello' }),
    alsoBad: [...conversationIds, ...badTexts.map((text) => ({ text })), { clientId: 'x' }, { senderId: id }],
    outsider: 'NOT_FOUND',
  },
  'messages.edit': {
    input: aboutMessage({ clientId: newClientId(), text: 'better' }),
    alsoBad: [
      ...conversationIds,
      ...messageIds,
      ...badTexts.map((text) => ({ text })),
      { clientId: 'x' },
      { senderId: id },
      { seq: 1 },
    ],
    outsider: 'NOT_FOUND',
  },
  'messages.delete': {
    input: aboutMessage({ clientId: newClientId() }),
    alsoBad: [...conversationIds, ...messageIds, { clientId: 'x' }],
    outsider: 'NOT_FOUND',
  },
  'messages.react': {
    input: aboutMessage({ clientId: newClientId(), emoji: '👍', on: true }),
    alsoBad: [...conversationIds, ...messageIds, ...badEmoji, { clientId: 'x' }, { on: 'yes' }, { on: 1 }],
    outsider: 'NOT_FOUND',
  },
  'messages.versions': {
    input: aboutMessage(),
    alsoBad: [...conversationIds, ...messageIds],
    outsider: 'NOT_FOUND',
  },
  'presence.snapshot': { input: () => ({}) },
  'live.events': { input: () => ({}) },
  'live.hints': { input: () => ({}) },
  'live.typing': { input: inConversation(), alsoBad: conversationIds },
  'live.noteTyping': { input: inConversation(), alsoBad: conversationIds, outsider: 'NOT_FOUND' },
};

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

beforeAll(async () => {
  world = await createWorld();
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  outsider = await world.person('mallory');
  const group = await ada.api.conversations.createGroup({
    clientId: newClientId(),
    name: 'G',
    userIds: [bob.id],
  });
  const room = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
  const sent = { conversationId: group.id, clientId: newClientId(), text: 'hello' };
  const { entry } = await ada.api.messages.send(sent);
  const message = entry.kind === 'message' ? entry.id : '';
  await settled(world.backend);
  const { epoch } = world.backend.core.db;
  scene = { ada, bob, group: group.id, message, room: room.id, epoch };
});
afterAll(() => world[Symbol.asyncDispose]());

/** Calls a procedure by its path with whatever input. */
function call(api: Person['api'], path: string, input: unknown): Promise<unknown> {
  const procedure = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], api);
  return (procedure as (input: unknown) => Promise<unknown>)(input);
}

async function everythingStored(): Promise<string> {
  const { connection } = world.backend.core.db;
  const collections = ['users', 'sessions', 'conversations', 'memberships', 'timeline'];
  return JSON.stringify(
    await Promise.all(collections.map((name) => connection.collection(name).find().toArray())),
  );
}

function rowOf(path: string): Row {
  const row = rows[path];
  if (!row) throw new Error(`no row for ${path}`);
  return row;
}

const takesInput = (path: string) => Object.keys(rowOf(path).input(scene)).length > 0;

/** As a body arrives: JSON.parse makes `__proto__` an own key. */
const polluted: unknown = JSON.parse('{"__proto__":{"admin":true},"extra":1}');

const paths = Object.keys(rows);
const openToAll = new Set(['auth.register', 'auth.signIn', 'auth.issueToken', 'auth.nameAvailable']);
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
      ...(takesInput(path) ? ['text', 7, [good], null, { ...good, role: 'admin' }, polluted] : []),
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
      const input = rowOf(path).input(scene);
      const before = await everythingStored();
      const existing = await refusal(call(outsider.api, path, input));
      const missing = await refusal(call(outsider.api, path, { ...input, conversationId: id }));
      expect(existing.code).toBe('NOT_FOUND');
      expect(existing).toEqual(missing);
      expect(await everythingStored()).toBe(before);
    },
  );
});

describe('somebody who is not signed in', () => {
  it.each(signedInOnly)('gets nothing from %s', async (path) => {
    const nobody = await world.anonymous();
    expect((await refusal(call(nobody, path, rowOf(path).input(scene)))).code).toBe('UNAUTHENTICATED');
  });
});
