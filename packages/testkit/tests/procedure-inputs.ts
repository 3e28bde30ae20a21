import { newClientId } from '@confab/contract';
import type { Person } from '../src/index.ts';

/** Where the rows below get their ids from. */
export interface Scene {
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

/** What is known of one procedure. */
export interface Row {
  /** An input that would be accepted. */
  readonly input: (scene: Scene) => Record<string, unknown>;
  /** Inputs of the right shape that are refused all the same. */
  readonly alsoBad?: readonly Record<string, unknown>[];
  /** What an outsider gets with this input; absent where the procedure is about nobody's conversation. */
  readonly outsider?: 'NOT_FOUND';
  /** What an outsider gives in place of `input`, which is open to everybody. */
  readonly outsiders?: Row['input'];
}

/** A well-formed id of nothing. */
export const missingId = 'f'.repeat(24);
const badIds = [
  '',
  'x',
  missingId.toUpperCase(),
  `${missingId}0`,
  `${missingId}\n`,
  '../../etc',
  'ﬀ'.repeat(12),
];
const badLimits = [-1, 0, 1e9, 1.5, '10', null].map((limit) => ({ limit }));
const badTexts = ['', ' \n ', '\0', 'a\ud800', 'x'.repeat(10_001), `a${'\u0301'.repeat(20_000)}`];
/** As a list of keys is encoded in a cursor. */
const cursorOf = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
/** Times that no date holds, and texts that no database could compare. */
const badKeys = [2 ** 53 - 1, -(2 ** 53 - 1), 8.64e15 + 1, 0.5, '\0', 'a\ud800', 'a\ud800b', null, {}];
const badCursors = [
  ...['forged', 'W10', '', 'a b', '\0', `${cursorOf('a', missingId)}=`, `${cursorOf(1, missingId)}\n`],
  ...badKeys.flatMap((key) => [cursorOf(key, missingId), cursorOf(1, key, missingId)]),
  ...badIds.map((id) => cursorOf(1, id)),
].map((cursor) => ({ cursor }));
const page: Row['alsoBad'] = [...badLimits, ...badCursors];
/** Where a page is of a search. */
const badPrefixes = ['a\0b', '\ud800', '\u001b[31m'].map((prefix) => ({ prefix }));
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

/** By path, every procedure of the router. */
export const rows: Record<string, Row> = {
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
    input: () => ({ current: 'correct horse battery', next: 'quite long enough' }),
    alsoBad: [
      { current: '' },
      { current: 'x'.repeat(1_048_576) },
      { next: 'short' },
      { next: 'x'.repeat(1_048_576) },
      { next: 'half a character \ud800' },
    ],
  },
  'auth.updateAccount': {
    input: () => ({ addableBy: 'contacts' }),
    alsoBad: [{ addableBy: 'nobody' }, { addableBy: ['contacts'] }],
  },
  'auth.nameAvailable': {
    input: () => ({ name: 'grace' }),
    alsoBad: [{ name: 'a b' }, { name: 'x'.repeat(5_000) }],
  },
  'auth.register': {
    input: () => ({ name: 'grace', email: 'grace@example.org', password: 'quite long enough' }),
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
  'users.search': {
    input: () => ({ prefix: 'a' }),
    alsoBad: [{ prefix: 'x'.repeat(33) }, ...badPrefixes, ...page],
  },
  'users.byIds': {
    input: ({ ada }) => ({ ids: [ada.id] }),
    alsoBad: [{ ids: [] }, { ids: Array.from({ length: 101 }, () => missingId) }, { ids: ['x'] }],
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
      { users: ['a\0b'] },
      { users: ['\ud800'] },
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
  'members.unban': {
    input: (s) => ({ conversationId: s.group, userId: s.bob.id }),
    alsoBad: [...conversationIds, ...userIds],
    outsider: 'NOT_FOUND',
  },
  'members.banned': {
    input: inConversation(),
    alsoBad: [...conversationIds, ...page],
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
    alsoBad: [
      ...page,
      ...page.map((fields) => ({ ...fields, prefix: 'a' })),
      ...badPrefixes,
      { prefix: 'x'.repeat(65) },
      { prefix: 1 },
      { prefix: 'a', cursor: 'WzEsImYiXQ' },
    ],
  },
  'rooms.listWithMembers': {
    input: () => ({}),
    alsoBad: [...page, ...badPrefixes, { limit: 51 }, { prefix: 'x'.repeat(65) }],
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
    alsoBad: [
      ...conversationIds,
      ...badTexts.map((text) => ({ text })),
      { clientId: 'x' },
      { senderId: missingId },
    ],
    outsider: 'NOT_FOUND',
  },
  'messages.edit': {
    input: aboutMessage({ clientId: newClientId(), text: 'better' }),
    alsoBad: [
      ...conversationIds,
      ...messageIds,
      ...badTexts.map((text) => ({ text })),
      { clientId: 'x' },
      { senderId: missingId },
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
