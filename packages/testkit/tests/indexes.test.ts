import { createLog } from '@confab/log';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import '../src/provided-context.ts';
import { connectDatabase, type Database, newId, placeEntries } from '@confab/db';

const [user, other, conversation] = [newId(), newId(), newId()];
const at = new Date('2026-01-01T00:00:00Z');
const membership = { userId: user, conversationId: conversation, version: 1 };
const draft = {
  kind: 'message' as const,
  messageType: 'text' as const,
  text: 'x',
  senderId: user,
  clientId: 'c',
  bodyHash: 'h',
  createdAt: at,
};
const room = {
  id: conversation,
  kind: 'room' as const,
  name: 'R',
  topic: '',
  visibility: 'public' as const,
  createdBy: user,
  bodyHash: 'h',
  pair: null,
  memberCount: 1,
  createdAt: at,
};
const session = {
  id: 's',
  userId: user,
  createdAt: at,
  expiresAt: at,
  lastUsedAt: at,
  userAgent: null,
  ip: null,
};
const change = {
  id: newId(),
  conversationId: conversation,
  rev: 2,
  senderId: user,
  clientId: 'd',
  bodyHash: 'h',
  createdAt: at,
  messageId: other,
  seq: 1,
  pending: true,
};
const page = { conversationId: conversation, from: 1, before: 9, limit: 5 };

/** A call of every function of every store. */
const calls: Record<string, (db: Database) => Promise<unknown>> = {
  'users.insert': ({ users }) =>
    users.insert({
      name: 'ada',
      nameKeys: ['ada'],
      searchKey: 'ada',
      email: 'a@b',
      passwordHash: 'p',
      role: 'user',
      createdAt: at,
    }),
  'users.findById': ({ users }) => users.findById(user),
  'users.findByIds': ({ users }) => users.findByIds([user, other]),
  'users.isNameTaken': ({ users }) => users.isNameTaken(['ada', 'bob']),
  'users.idsByNames': ({ users }) => users.idsByNames(['ada', 'bob']),
  'users.findCredentials': async ({ users }) => [
    await users.findCredentials({ nameKey: 'ada' }),
    await users.findCredentials({ email: 'a@b' }),
  ],
  'users.search': async ({ users }) => [
    await users.search({ prefix: 'a', after: null, exceptIds: [other], limit: 5 }),
    await users.search({ prefix: '', after: { searchKey: 'a', id: user }, exceptIds: [other], limit: 5 }),
  ],
  'users.findByName': ({ users }) => users.findByName('ada'),
  'users.findPasswordHash': ({ users }) => users.findPasswordHash(user),
  'users.replacePasswordHash': ({ users }) =>
    users.replacePasswordHash(user, { from: 'p', to: 'q', keptDevices: ['h'] }),
  'users.keepDevice': ({ users }) => users.keepDevice(user, { hash: 'h', since: at }, 5),
  'users.setAddableBy': ({ users }) => users.setAddableBy(user, 'contacts'),
  'users.setLastSeen': ({ users }) => users.setLastSeen(user, at),
  'sessions.insert': ({ sessions }) => sessions.insert(session),
  'sessions.find': ({ sessions }) => sessions.find('s'),
  'sessions.findLiving': ({ sessions }) => sessions.findLiving(['s', 't'], { now: at, since: at }),
  'sessions.listByUser': ({ sessions }) => sessions.listByUser(user),
  'sessions.updateExpiry': ({ sessions }) => sessions.updateExpiry('s', { expiresAt: at, lastUsedAt: at }),
  'sessions.deleteByUser': ({ sessions }) => sessions.deleteByUser(user, 'other'),
  'sessions.deleteByHash': ({ sessions }) => sessions.deleteByHash('s'),
  'sessions.deleteExpired': ({ sessions }) => sessions.deleteExpired(at),
  'revokedSessions.add': ({ revokedSessions }) =>
    revokedSessions.add(['s', 't'], { userId: user, revokedAt: at }),
  'revokedSessions.ownerOf': ({ revokedSessions }) => revokedSessions.ownerOf('s'),
  'conversations.insert': ({ conversations }) => conversations.insert(room),
  'conversations.findById': ({ conversations }) => conversations.findById(conversation),
  'conversations.findByIds': ({ conversations }) => conversations.findByIds([conversation]),
  'conversations.listRooms': async ({ conversations }) => [
    await conversations.listRooms({ after: null, limit: 5 }),
    await conversations.listRooms({ after: { lastActivityAt: at.getTime(), id: conversation }, limit: 5 }),
  ],
  'conversations.searchRooms': async ({ conversations }) => [
    await conversations.searchRooms({ prefix: 'r', after: null, limit: 5 }),
    await conversations.searchRooms({ prefix: 'r', after: { searchKey: 'r', id: conversation }, limit: 5 }),
  ],
  'conversations.applyChange': ({ conversations }) =>
    conversations.applyChange(conversation, 2, { name: 'S', searchKey: 's' }),
  'conversations.raiseHints': ({ conversations }) =>
    conversations.raiseHints(conversation, { headRev: 1, lastActivityAt: at }),
  'conversations.touchedSince': async ({ conversations }) => [
    await conversations.touchedSince(null),
    await conversations.touchedSince(at),
  ],
  'memberships.createMissing': ({ memberships }) =>
    memberships.createMissing([
      {
        ...membership,
        role: 'member',
        joinedAt: at,
        visibleFromRev: 1,
        deliveredSeq: 0,
        readSeq: 0,
        unrecorded: null,
      },
    ]),
  'memberships.listBanned': async ({ memberships }) => [
    await memberships.listBanned({ conversationId: conversation, after: null, limit: 5 }),
    await memberships.listBanned({
      conversationId: conversation,
      after: { bannedAt: at.getTime(), id: user },
      limit: 5,
    }),
  ],
  'memberships.listSeats': ({ memberships }) => memberships.listSeats(conversation),
  'memberships.find': ({ memberships }) => memberships.find(user, conversation),
  'memberships.findMany': ({ memberships }) => memberships.findMany([user, other], conversation),
  'memberships.listOfUser': ({ memberships }) => memberships.listOfUser(user),
  'memberships.joinedAmong': ({ memberships }) => memberships.joinedAmong(user, [conversation]),
  'memberships.joinedBy': ({ memberships }) => memberships.joinedBy(user),
  'memberships.setPreferences': ({ memberships }) =>
    memberships.setPreferences(user, conversation, { pinned: true, hiddenSeq: null }),
  'memberships.listOfConversation': async ({ memberships }) => [
    await memberships.listOfConversation({ conversationId: conversation, after: null, limit: 5 }),
    await memberships.listOfConversation({
      conversationId: conversation,
      after: { joinedAt: at.getTime(), id: user },
      limit: 5,
    }),
  ],
  'memberships.transition': ({ memberships }) =>
    memberships.transition(membership, {
      status: 'left',
      unrecorded: { change: 'left', byId: user, countDelta: -1 },
    }),
  'memberships.touchedSince': async ({ memberships }) => [
    await memberships.touchedSince(null),
    await memberships.touchedSince(at),
  ],
  'memberships.markRecorded': ({ memberships }) => memberships.markRecorded(membership),
  'memberships.findStaff': async ({ memberships }) => [
    await memberships.findStaff(conversation, 'owner'),
    await memberships.findStaff(conversation, 'moderator'),
  ],
  'memberships.listUnrecorded': async ({ memberships }) => [
    await memberships.listUnrecorded({ conversationId: conversation }),
    await memberships.listUnrecorded({ before: at, limit: 5 }),
  ],
  'invitations.insert': ({ invitations }) =>
    invitations.insert({
      id: other,
      code: 'c',
      conversationId: conversation,
      createdBy: user,
      createdAt: at,
      bodyHash: 'h',
      expiresAt: null,
      usesMax: 2,
    }),
  'invitations.findById': ({ invitations }) => invitations.findById(other),
  'invitations.findByCode': ({ invitations }) => invitations.findByCode('c', at),
  'invitations.listStanding': ({ invitations }) =>
    invitations.listStanding({ conversationId: conversation, now: at, limit: 5 }),
  'invitations.takeUse': async ({ invitations }) => {
    const invitation = await invitations.findByCode('c', at);
    return invitation && invitations.takeUse(invitation, user, at);
  },
  'invitations.revokeAllBy': ({ invitations }) =>
    invitations.revokeAllBy({ conversationId: conversation, userId: user }),
  'invitations.spendUses': ({ invitations }) =>
    invitations.spendUses({ conversationId: conversation, userId: user }),
  'invitations.revoke': ({ invitations }) => invitations.revoke({ conversationId: conversation, id: other }),
  'memberships.raiseStart': ({ memberships }) =>
    memberships.raiseStart(user, conversation, { deliveredSeq: 2, readSeq: 2, visibleFromRev: 2 }),
  'memberships.raiseWatermarks': ({ memberships }) =>
    memberships.raiseWatermarks(user, conversation, { deliveredSeq: 2, readSeq: 2 }),
  'memberships.raiseReadMarks': ({ memberships }) =>
    memberships.raiseReadMarks([{ userId: user, conversationId: conversation, rev: 2 }]),
  'timeline.insertBatch': ({ timeline }) => timeline.insertBatch(placeEntries(conversation, 1, [draft])),
  'timeline.highestRev': ({ timeline }) => timeline.highestRev(conversation),
  'timeline.hasMessageOf': ({ timeline }) => timeline.hasMessageOf(conversation, user),
  'timeline.readReactionKeys': ({ timeline }) => timeline.readReactionKeys(conversation, [other]),
  'timeline.findByClientId': ({ timeline }) => timeline.findByClientId(conversation, user, 'c'),
  'timeline.listByClientIds': ({ timeline }) => timeline.listByClientIds(conversation, user, ['a', 'b']),
  'timeline.listBelow': ({ timeline }) => timeline.listBelow(page),
  'timeline.readStretch': ({ timeline }) => timeline.readStretch(page),
  'timeline.listAbove': ({ timeline }) => timeline.listAbove({ ...page, after: 0 }),
  'timeline.listAllAbove': ({ timeline }) => timeline.listAllAbove({ ...page, after: 0 }),
  'timeline.lastMessage': ({ timeline }) => timeline.lastMessage(conversation, 1),
  'timeline.messagesFrom': ({ timeline }) =>
    timeline.messagesFrom([
      { conversationId: conversation, from: 1 },
      { conversationId: other, from: 2 },
    ]),
  'timeline.listMarks': ({ timeline }) => timeline.listMarks({ ...page, after: 0 }),
  'timeline.findMessage': ({ timeline }) => timeline.findMessage(conversation, other),
  'timeline.listOfTarget': ({ timeline }) =>
    timeline.listOfTarget({ conversationId: conversation, messageId: other, kind: 'edit', limit: 5 }),
  'timeline.lastSetting': ({ timeline }) => timeline.lastSetting(conversation, 'slowModeSeconds'),
  'timeline.listPending': async ({ timeline }) => [
    await timeline.listPending({ conversationIds: [conversation], upTo: 5 }),
    await timeline.listPending({ conversationIds: [conversation, other] }),
  ],
  'timeline.listAbandoned': ({ timeline }) => timeline.listAbandoned({ before: at, limit: 5 }),
  'timeline.applyEdit': ({ timeline }) => timeline.applyEdit({ ...change, kind: 'edit', text: 'y' }),
  'timeline.applyReaction': ({ timeline }) =>
    timeline.applyReaction({ ...change, kind: 'reaction', emoji: '👍', on: true }),
  'timeline.applyDeletion': ({ timeline }) => timeline.applyDeletion({ ...change, kind: 'deletion' }),
  'blocks.add': ({ blocks }) => blocks.add(user, other, at),
  'blocks.remove': ({ blocks }) => blocks.remove(user, other),
  'blocks.among': ({ blocks }) => blocks.among([user, other]),
  'blocks.blockersOf': ({ blocks }) => blocks.blockersOf(user, [other]),
  'blocks.blockedBy': ({ blocks }) => blocks.blockedBy(user),
  'blocks.isFull': ({ blocks }) => blocks.isFull(user, 5),
  'blocks.listOfUser': async ({ blocks }) => [
    await blocks.listOfUser({ userId: user, after: null, limit: 5 }),
    await blocks.listOfUser({ userId: user, after: { createdAt: at.getTime(), id: other }, limit: 5 }),
  ],
  'reports.insertOnce': ({ reports }) =>
    reports.insertOnce({
      reporterId: user,
      messageId: other,
      conversationId: conversation,
      senderId: other,
      reason: 'spam',
      note: '',
      text: 'x',
      createdAt: at,
    }),
  'reports.list': async ({ reports }) => [
    await reports.list({ after: null, limit: 5 }),
    await reports.list({ after: { createdAt: at.getTime(), id: other }, limit: 5 }),
  ],
  'timeline.clearPending': ({ timeline }) =>
    timeline.clearPending({ ...change, kind: 'edit', text: 'y' }, { redact: true }),
};

type Command = Record<string, unknown>;
let db: Database;
const commands: Command[] = [];

beforeAll(async () => {
  const log = createLog({ service: 'test', level: 'silent' });
  const dbName = `test_${randomBytes(6).toString('hex')}`;
  db = await connectDatabase({ uri: inject('mongodbUri'), dbName, log, monitorCommands: true });
  db.connection.getClient().on('commandStarted', ({ command }) => commands.push(command));
});
afterAll(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

/** What a command looks for, as a find command that can be explained. */
function searches(command: Command): Command[] {
  if (typeof command['find'] === 'string') {
    const { find, filter, sort, limit, hint } = command;
    return [
      {
        find,
        filter: filter ?? {},
        ...(hint !== undefined && { hint }),
        ...(sort !== undefined && { sort }),
        ...(limit !== undefined && { limit }),
      },
    ];
  }
  if (typeof command['findAndModify'] === 'string') {
    return [{ find: command['findAndModify'], filter: command['query'] }];
  }
  for (const [name, list] of [
    ['update', 'updates'],
    ['delete', 'deletes'],
  ] as const) {
    if (typeof command[name] === 'string') {
      return (command[list] as { q: unknown; hint?: unknown }[]).map(({ q, hint }) => ({
        find: command[name],
        filter: q,
        ...(hint !== undefined && { hint }),
      }));
    }
  }
  return [];
}

/** The stages of a plan, from the top down; MongoDB puts them into a `queryPlan` where its other engine runs them. */
function stages(plan: unknown): string[] {
  if (typeof plan !== 'object' || plan === null) return [];
  const { stage, queryPlan, inputStage, inputStages } = plan as Command;
  const below = [queryPlan, inputStage, ...(Array.isArray(inputStages) ? (inputStages as unknown[]) : [])];
  return [...(typeof stage === 'string' ? [stage] : []), ...below.flatMap(stages)];
}

async function plan(search: Command): Promise<string[]> {
  const { connection } = db;
  const answer = await connection.db?.command({ explain: search, verbosity: 'queryPlanner' });
  return stages((answer?.['queryPlanner'] as Command | undefined)?.['winningPlan']);
}

describe('every query', () => {
  it('has a row in this table', () => {
    const stores = [
      'users',
      'sessions',
      'revokedSessions',
      'conversations',
      'memberships',
      'timeline',
      'blocks',
      'reports',
      'invitations',
    ] as const;
    const functions = stores.flatMap((name) =>
      Object.entries(db[name]).flatMap(([key, value]) =>
        typeof value === 'function' && key !== 'model' ? [`${name}.${key}`] : [],
      ),
    );
    expect(Object.keys(calls).sort()).toEqual(functions.sort());
  });

  it.each(Object.entries(calls))('of %s is served by an index, and in its order', async (_, call) => {
    commands.length = 0;
    await call(db);
    const asked = commands.flatMap(searches);
    for (const search of asked) {
      const found = await plan(search);
      expect(found.length, JSON.stringify(search)).toBeGreaterThan(0);
      expect(found, JSON.stringify(search)).not.toContain('COLLSCAN');
      expect(found, JSON.stringify(search)).not.toContain('SORT');
    }
  });

  it('that no index serves would be found out by this test', async () => {
    expect(await plan({ find: 'users', filter: { role: 'user' } })).toContain('COLLSCAN');
  });
});
