import { newClientId } from '@confab/contract';
import { createWorld, type Person, refusal, settled, type World } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Commands, commandsOf } from './commands.ts';

/** Where the rows below get their ids from. */
interface Scene {
  readonly ada: Person;
  readonly bob: Person;
  /** ada's and bob's. */
  readonly group: string;
  /** ada's, in the group. */
  readonly message: string;
  readonly room: string;
  /** ada's, private, with an invitation. */
  readonly den: string;
  readonly invitation: string;
  readonly code: string;
  readonly epoch: string;
}

interface Row {
  /** An input that would be accepted. */
  readonly input: (scene: Scene) => Record<string, unknown>;
  /** Inputs of the right shape that are refused all the same. */
  readonly alsoBad?: readonly Record<string, unknown>[];
  /** What an outsider gets with this input; absent where the procedure is about nobody's conversation. */
  readonly outsider?: 'NOT_FOUND';
  /** What an outsider gives in place of `input`, which is open to everybody. */
  readonly outsiders?: Row['input'];
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

const badCodes = ['', 'x', 'x'.repeat(26), 'x'.repeat(28), `${'x'.repeat(26)}/`, `${'x'.repeat(27)}\n`].map(
  (code) => ({
    code,
  }),
);

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
  'users.profile': { input: ({ bob }) => ({ userId: bob.id }), alsoBad: userIds },
  'users.block': { input: ({ bob }) => ({ userId: bob.id }), alsoBad: userIds },
  'users.unblock': { input: ({ bob }) => ({ userId: bob.id }), alsoBad: userIds },
  'users.blocked': { input: () => ({}), alsoBad: page },
  'reports.list': { input: () => ({}), alsoBad: page },
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
  'conversations.setPreferences': {
    input: inConversation({ pinned: true, muted: true, hidden: true }),
    alsoBad: [...conversationIds, { pinned: 1 }, { muted: 'yes' }, { hidden: 0 }, { hiddenSeq: 3 }],
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
  'conversations.update': {
    input: inConversation({ clientId: newClientId(), name: 'H', topic: 'T', newMembersSeeHistory: true }),
    alsoBad: [
      ...conversationIds,
      { clientId: 'x' },
      { name: ' ' },
      { name: 'x'.repeat(65) },
      { topic: 'x'.repeat(201) },
      { slowModeSeconds: 7 },
      { slowModeSeconds: '5' },
      // A group has no slow mode.
      { slowModeSeconds: 5 },
      { newMembersSeeHistory: 1 },
      { visibility: 'public' },
      { name: undefined, topic: undefined, newMembersSeeHistory: undefined },
    ],
    outsider: 'NOT_FOUND',
  },
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
  'members.setRole': {
    input: (s) => ({ conversationId: s.group, userId: s.bob.id, role: 'moderator' }),
    alsoBad: [...conversationIds, ...userIds, { role: 'boss' }, { role: 1 }],
    outsider: 'NOT_FOUND',
  },
  'members.silence': {
    input: (s) => ({ conversationId: s.group, userId: s.bob.id, minutes: 5 }),
    alsoBad: [
      ...conversationIds,
      ...userIds,
      ...[-1, 0.5, 43_201, '5', Number.NaN].map((minutes) => ({ minutes })),
    ],
    outsider: 'NOT_FOUND',
  },
  'members.ban': {
    input: (s) => ({ conversationId: s.group, userId: s.bob.id }),
    alsoBad: userIds,
    outsider: 'NOT_FOUND',
  },
  'invitations.create': {
    input: ({ den }) => ({ conversationId: den, clientId: newClientId() }),
    alsoBad: [
      ...conversationIds,
      { clientId: 'x' },
      ...[0, 721, 1.5, '1', true].map((expiresInHours) => ({ expiresInHours })),
      ...[0, 101, 1.5, '1', true].map((usesMax) => ({ usesMax })),
    ],
    outsider: 'NOT_FOUND',
  },
  'invitations.list': {
    input: ({ den }) => ({ conversationId: den }),
    alsoBad: conversationIds,
    outsider: 'NOT_FOUND',
  },
  'invitations.revoke': {
    input: ({ den, invitation }) => ({ conversationId: den, invitationId: invitation }),
    alsoBad: [...conversationIds, ...badIds.map((invitationId) => ({ invitationId }))],
    outsider: 'NOT_FOUND',
  },
  'invitations.preview': { input: ({ code }) => ({ code }), alsoBad: badCodes },
  'invitations.accept': { input: ({ code }) => ({ code }), alsoBad: badCodes },
  'rooms.list': {
    input: () => ({}),
    alsoBad: [...page, { prefix: 'x'.repeat(65) }, { prefix: 1 }, { prefix: 'a', cursor: 'WzEsImYiXQ' }],
  },
  'rooms.listWithMembers': {
    input: () => ({}),
    alsoBad: [...page, { limit: 51 }, { prefix: 'x'.repeat(65) }],
  },
  'rooms.create': {
    input: () => ({ clientId: newClientId(), name: 'Harbour', topic: '' }),
    alsoBad: [
      { clientId: 'x' },
      { name: '\u200b' },
      { topic: 'x'.repeat(201) },
      { name: 'a\0b' },
      { visibility: 'secret' },
    ],
  },
  'rooms.join': {
    input: ({ room }) => ({ conversationId: room }),
    alsoBad: conversationIds,
    outsider: 'NOT_FOUND',
    outsiders: ({ den }) => ({ conversationId: den }),
  },
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
  'messages.report': {
    input: aboutMessage({ reason: 'spam', note: 'Again.' }),
    alsoBad: [
      ...conversationIds,
      ...messageIds,
      { reason: 'dislike' },
      { note: 'x'.repeat(1_001) },
      { note: 'a\0b' },
      { text: 'what it said' },
    ],
    outsider: 'NOT_FOUND',
  },
  'presence.snapshot': { input: () => ({}) },
  'live.events': { input: () => ({}) },
  'live.hints': { input: () => ({}) },
  'live.typing': { input: inConversation(), alsoBad: conversationIds, outsider: 'NOT_FOUND' },
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
let commands: Commands;
/** The outsider's own. */
let own: { readonly group: string; readonly room: string };

beforeAll(async () => {
  world = await createWorld({ monitorCommands: true });
  commands = commandsOf(world);
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  outsider = await world.person('mallory');
  const group = await ada.api.conversations.createGroup({
    clientId: newClientId(),
    name: 'G',
    userIds: [bob.id],
  });
  const room = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
  const den = await ada.api.rooms.create({ clientId: newClientId(), name: 'D', visibility: 'private' });
  const invited = { conversationId: den.id, clientId: newClientId() };
  const { id: invitation, code } = await ada.api.invitations.create(invited);
  const mine = { clientId: newClientId(), name: 'M', userIds: [bob.id] };
  own = {
    group: (await outsider.api.conversations.createGroup(mine)).id,
    room: (await outsider.api.rooms.create({ clientId: newClientId(), name: 'M' })).id,
  };
  const sent = { conversationId: group.id, clientId: newClientId(), text: 'hello' };
  const { entry } = await ada.api.messages.send(sent);
  const message = entry.kind === 'message' ? entry.id : '';
  await settled(world.backend);
  const { epoch } = world.backend.core.db;
  scene = { ada, bob, group: group.id, message, room: room.id, den: den.id, invitation, code, epoch };
});
afterAll(() => world[Symbol.asyncDispose]());

/** Calls a procedure by its path with whatever input. */
function call(api: Person['api'], path: string, input: unknown): Promise<unknown> {
  const procedure = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], api);
  return (procedure as (input: unknown) => Promise<unknown>)(input);
}

async function everythingStored(): Promise<string> {
  const { connection } = world.backend.core.db;
  const collections = [
    'users',
    'sessions',
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

const noScene = { ada: { id }, bob: { id } } as Scene;
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
  const connection = { transport: 'socket' as const, subscriptions: new Set<AbortSignal>() };
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
      const missing = await observed(path, { ...outsiders(scene), conversationId: id });
      expect(existing.told.code).toBe('NOT_FOUND');
      expect(existing).toEqual(missing);
      expect(await everythingStored()).toBe(before);
    },
  );

  it.each(paths.filter((path) => takes(path).includes('messageId')))(
    'learns from %s about a message elsewhere what a missing one would tell',
    async (path) => {
      const there = { ...rowOf(path).input(scene), conversationId: own.group };
      const missing = await observed(path, { ...there, messageId: id });
      expect(missing.told.code).toBe('NOT_FOUND');
      expect(await observed(path, { ...there, messageId: scene.message })).toEqual(missing);
    },
  );

  it('learns from invitations.revoke about an invitation elsewhere what a missing one would tell', async () => {
    const path = 'invitations.revoke';
    const missing = await observed(path, { conversationId: own.room, invitationId: id });
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
