import { newClientId } from '@confab/contract';
import { newId } from '@confab/db';
import { createWorld, type Person, refusal, type World } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Everybody there can be, seen from one private room. */
const roles = ['owner', 'moderator', 'member', 'muted', 'outsider', 'removed', 'banned'] as const;
type Role = (typeof roles)[number];
type Answer = 'ok' | 'FORBIDDEN' | 'SILENCED' | 'NOT_FOUND' | 'BANNED';
type Answers = Readonly<Record<Role, Answer>>;

const outside = { outsider: 'NOT_FOUND', removed: 'NOT_FOUND', banned: 'NOT_FOUND' } as const;
const members: Answers = { owner: 'ok', moderator: 'ok', member: 'ok', muted: 'ok', ...outside };
const voices: Answers = { ...members, muted: 'SILENCED' };
const moderators: Answers = { ...members, member: 'FORBIDDEN', muted: 'FORBIDDEN' };
const owner: Answers = { ...moderators, moderator: 'FORBIDDEN' };
const nobody: Answers = {
  ...outside,
  owner: 'NOT_FOUND',
  moderator: 'NOT_FOUND',
  member: 'NOT_FOUND',
  muted: 'NOT_FOUND',
};
const invited: Answers = { ...members, outsider: 'ok', removed: 'ok', banned: 'BANNED' };

interface Room {
  readonly conversationId: string;
  readonly people: Readonly<Record<Role, Person>>;
  /** A plain member, who is acted on. */
  readonly target: Person;
  /** Of nothing here. */
  readonly stranger: Person;
  /** The asking person's own, where they are in; else the target's. */
  readonly own: string;
  /** The target's. */
  readonly message: string;
  readonly invitation: { readonly id: string; readonly code: string };
  readonly epoch: string;
}

interface Row {
  readonly may: Answers;
  readonly input: (room: Room) => Record<string, unknown>;
}

const here = (more: Record<string, unknown> = {}): Row['input'] => {
  return ({ conversationId }) => ({ conversationId, ...more });
};
const changing = (more: Record<string, unknown> = {}): Row['input'] => {
  return ({ conversationId, own }) => ({ conversationId, messageId: own, clientId: newClientId(), ...more });
};
const onTarget = (more: Record<string, unknown> = {}): Row['input'] => {
  return ({ conversationId, target }) => ({ conversationId, userId: target.id, ...more });
};

const rows: Readonly<Record<string, Row>> = {
  'conversations.get': { may: members, input: here() },
  'conversations.update': { may: moderators, input: (r) => here({ clientId: newClientId(), name: 'N' })(r) },
  'conversations.setPreferences': { may: members, input: here({ pinned: true }) },
  'conversations.mark': {
    may: members,
    input: ({ conversationId, epoch }) => ({ conversationId, epoch, readSeq: 1 }),
  },
  'conversations.watermarks': { may: members, input: here() },
  'conversations.leave': { may: members, input: here() },
  'members.list': { may: members, input: here() },
  // Into a private room; see invitations.test.ts and conversations.test.ts for the others.
  'members.add': {
    may: moderators,
    input: ({ conversationId, stranger }) => ({ conversationId, userId: stranger.id }),
  },
  'members.remove': { may: moderators, input: onTarget() },
  'members.ban': { may: moderators, input: onTarget() },
  'members.banned': { may: moderators, input: here() },
  'members.unban': { may: moderators, input: onTarget() },
  'members.silence': { may: moderators, input: onTarget({ minutes: 5 }) },
  'members.setRole': { may: owner, input: onTarget({ role: 'moderator' }) },
  'invitations.create': { may: moderators, input: (r) => here({ clientId: newClientId() })(r) },
  'invitations.list': { may: moderators, input: here() },
  'invitations.revoke': {
    may: moderators,
    input: ({ conversationId, invitation }) => ({ conversationId, invitationId: invitation.id }),
  },
  'invitations.preview': { may: invited, input: ({ invitation: { code } }) => ({ code }) },
  'invitations.accept': { may: invited, input: ({ invitation: { code } }) => ({ code }) },
  'rooms.join': { may: nobody, input: here() },
  'messages.page': { may: members, input: here() },
  'messages.pull': { may: members, input: here({ after: 0 }) },
  'messages.versions': {
    may: members,
    input: ({ conversationId, own }) => ({ conversationId, messageId: own }),
  },
  'messages.send': { may: voices, input: (r) => here({ clientId: newClientId(), text: 'x' })(r) },
  'messages.edit': { may: voices, input: (r) => changing({ text: 'y' })(r) },
  'messages.react': { may: voices, input: (r) => changing({ emoji: '👍', on: true })(r) },
  'messages.delete': { may: members, input: (r) => changing()(r) },
  'messages.report': {
    may: members,
    input: ({ conversationId, message }) => ({ conversationId, messageId: message, reason: 'spam' }),
  },
  'live.noteTyping': { may: members, input: here() },
};

/** About no conversation that is there already, or a subscription: live-filter.test.ts and bad-input.test.ts. */
const elsewhere =
  /^(auth|users|reports|presence)\.|^live\.(events|hints|typing)$|^rooms\.(list|listWithMembers|create)$|^conversations\.(list|openDirect|createGroup|createGroupByNames)$/;

let world: World;
let people: Room['people'];
let target: Person;
let stranger: Person;

beforeAll(async () => {
  const unlimited = { consume: done, refund: done, peek: done };
  // Many rooms are made here, by one person.
  world = await createWorld({ faultyPubsub: (pubsub) => ({ ...pubsub, limiter: () => unlimited }) });
  const entries = await Promise.all(
    roles.map(async (role) => [role, await world.person(`${role}-role`)] as const),
  );
  people = Object.fromEntries(entries) as Record<Role, Person>;
  [target, stranger] = [await world.person('target'), await world.person('stranger')];
});
afterAll(() => world[Symbol.asyncDispose]());

function done(): Promise<void> {
  return Promise.resolve();
}

/** A private room with somebody of each role, as seen by one of them. */
async function aRoomFor(role: Role): Promise<Room> {
  const { owner: ada } = people;
  const { epoch } = world.backend.core.db;
  const { id: conversationId } = await ada.api.rooms.create({
    clientId: newClientId(),
    name: 'R',
    visibility: 'private',
  });
  const member = (of: Role) => ({ conversationId, userId: people[of].id });
  const coming = [target, people[role]].filter(({ id }) => id !== ada.id && id !== people.outsider.id);
  for (const { id: userId } of coming) await ada.api.members.add({ conversationId, userId });
  const messages = new Map<string, string>();
  for (const person of new Set([target, ...coming, ada])) {
    const sent = await person.api.messages.send({ conversationId, clientId: newClientId(), text: 'x' });
    messages.set(person.id, sent.entry.kind === 'message' ? sent.entry.id : newId());
  }
  const invitation = await ada.api.invitations.create({ conversationId, clientId: newClientId() });
  if (role === 'moderator') await ada.api.members.setRole({ ...member(role), role });
  if (role === 'muted') await ada.api.members.silence({ ...member(role), minutes: 60 });
  if (role === 'removed') await ada.api.members.remove(member(role));
  if (role === 'banned') await ada.api.members.ban(member(role));
  const message = messages.get(target.id) ?? '';
  const own = messages.get(people[role].id) ?? message;
  return { conversationId, people, target, stranger, own, message, invitation, epoch };
}

async function answerTo(role: Role, path: string, { input }: Row): Promise<string> {
  const room = await aRoomFor(role);
  const { api } = people[role];
  const procedure = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], api);
  const call = (procedure as (input: unknown) => Promise<unknown>)(input(room));
  return call.then(
    () => 'ok',
    () => refusal(call).then(({ code }) => code),
  );
}

describe('every procedure that is about a conversation', () => {
  it('has a row in this table', () => {
    const walked = Object.keys(world.backend.router._def.procedures).filter((path) => !elsewhere.test(path));
    expect(Object.keys(rows).sort()).toEqual(walked.sort());
  });

  it.each(Object.entries(rows))('answers each role as it should: %s', async (path, row) => {
    const answers: Partial<Record<Role, string>> = {};
    for (const role of roles) answers[role] = await answerTo(role, path, row);
    expect(answers).toEqual(row.may);
  });
});
