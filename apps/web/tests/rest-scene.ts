import { newClientId } from '@confab/contract';
import { type Person, settled, type World } from '@confab/testkit';

/** Three people, and what two of them have together. */
export interface Scene {
  readonly ada: Person;
  readonly bob: Person;
  /** Of nothing here; an administrator. */
  readonly cleo: Person;
  /** ada's, with bob. */
  readonly group: string;
  /** ada's, in the group. */
  readonly message: string;
  /** bob's, public. */
  readonly room: string;
  /** ada's, private, with an invitation. */
  readonly den: string;
  readonly invitation: string;
  readonly code: string;
  readonly epoch: string;
}

let scenes = 0;

export async function openScene(world: World): Promise<Scene> {
  const tail = String.fromCodePoint(97 + (scenes % 26), 97 + Math.floor(scenes++ / 26));
  const [ada, bob, cleo] = await Promise.all([
    world.person(`ada${tail}`),
    world.person(`bob${tail}`),
    world.person(`cleo${tail}`),
  ]);
  const { users } = world.backend.core.db;
  await users.model.updateOne({ nameKey: cleo.name }, { $set: { role: 'admin' } });
  const group = await ada.api.conversations.createGroup({
    clientId: newClientId(),
    name: 'Boat trip',
    userIds: [bob.id],
  });
  const { epoch, entry } = await ada.api.messages.send({
    conversationId: group.id,
    clientId: newClientId(),
    text: 'hello',
  });
  const room = await bob.api.rooms.create({ clientId: newClientId(), name: 'Harbour' });
  const den = await ada.api.rooms.create({ clientId: newClientId(), name: 'Den', visibility: 'private' });
  const invited = { conversationId: den.id, clientId: newClientId() };
  const { id: invitation, code } = await ada.api.invitations.create(invited);
  if (entry.kind !== 'message') throw new Error('a message was sent and something else stored');
  return {
    ada,
    bob,
    cleo,
    group: group.id,
    message: entry.id,
    room: room.id,
    den: den.id,
    invitation,
    code,
    epoch,
  };
}

/** A request that does what its operation is for. */
export interface Row {
  readonly by?: Person;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** By operation id: one row for every operation of the API. */
export const rows: Readonly<Record<string, (scene: Scene) => Row>> = {
  'auth.register': ({ ada }) => ({
    body: { name: `${ada.name}x`, email: `${ada.name}x@example.org`, password: 'quite long enough' },
  }),
  'auth.issueToken': ({ ada }) => ({ body: { login: ada.name, password: ada.password } }),
  'auth.signOut': () => ({}),
  'auth.me': () => ({}),
  'auth.updateAccount': () => ({ body: { addableBy: 'contacts' } }),
  'users.search': () => ({ query: { prefix: 'b', limit: '1' } }),
  'users.profile': ({ bob }) => ({ params: { userId: bob.id } }),
  'users.blocked': () => ({ query: { limit: '1' } }),
  'users.block': ({ bob }) => ({ params: { userId: bob.id } }),
  'users.unblock': ({ bob }) => ({ params: { userId: bob.id } }),
  'rooms.listWithMembers': () => ({ query: { limit: '1' } }),
  'rooms.create': () => ({ body: { name: 'Harbour', topic: 'Tides' } }),
  'rooms.join': ({ cleo, room }) => ({ by: cleo, params: { conversationId: room } }),
  'conversations.createGroupByNames': ({ bob, cleo }) => ({
    body: { name: 'G', users: [bob.name, cleo.id] },
  }),
  'conversations.openDirect': ({ bob }) => ({ body: { userId: bob.id } }),
  'conversations.list': () => ({ query: { limit: '1' } }),
  'conversations.get': ({ group }) => ({ params: { conversationId: group } }),
  'conversations.setPreferences': ({ group }) => ({
    params: { conversationId: group },
    body: { pinned: true, hidden: true },
  }),
  'conversations.update': ({ group }) => ({
    params: { conversationId: group },
    body: { name: 'Boat trip II', topic: 'On Sunday', newMembersSeeHistory: true },
  }),
  'conversations.leave': ({ bob, group }) => ({ by: bob, params: { conversationId: group } }),
  'conversations.watermarks': ({ group }) => ({ params: { conversationId: group } }),
  'conversations.mark': ({ group, epoch }) => ({
    params: { conversationId: group },
    body: { epoch, deliveredSeq: 2, readSeq: 2 },
  }),
  'messages.page': ({ group }) => ({ params: { conversationId: group }, query: { before: '3', limit: '2' } }),
  'messages.pull': ({ group }) => ({ params: { conversationId: group }, query: { after: '0', limit: '2' } }),
  'messages.send': ({ group }) => ({ params: { conversationId: group }, body: { text: 'hello' } }),
  'messages.edit': ({ group, message }) => ({
    params: { conversationId: group, messageId: message },
    body: { text: 'hello again' },
  }),
  'messages.delete': ({ group, message }) => ({ params: { conversationId: group, messageId: message } }),
  'messages.react': ({ bob, group, message }) => ({
    by: bob,
    params: { conversationId: group, messageId: message },
    body: { emoji: '👍', on: true },
  }),
  'messages.versions': ({ group, message }) => ({ params: { conversationId: group, messageId: message } }),
  'messages.report': ({ bob, group, message }) => ({
    by: bob,
    params: { conversationId: group, messageId: message },
    body: { reason: 'other', note: 'Look.' },
  }),
  'reports.list': ({ cleo }) => ({ by: cleo, query: { limit: '1' } }),
  'members.list': ({ group }) => ({ params: { conversationId: group }, query: { limit: '1' } }),
  'members.add': ({ group, cleo }) => ({ params: { conversationId: group }, body: { userId: cleo.id } }),
  'members.ban': ({ group, bob }) => ({ params: { conversationId: group, userId: bob.id } }),
  'members.banned': ({ group }) => ({ params: { conversationId: group }, query: { limit: '1' } }),
  'members.unban': ({ group, bob }) => ({ params: { conversationId: group, userId: bob.id } }),
  'members.setRole': ({ group, bob }) => ({
    params: { conversationId: group, userId: bob.id },
    body: { role: 'moderator' },
  }),
  'members.silence': ({ group, bob }) => ({
    params: { conversationId: group, userId: bob.id },
    body: { minutes: 5 },
  }),
  'invitations.list': ({ den }) => ({ params: { conversationId: den } }),
  'invitations.create': ({ den }) => ({
    params: { conversationId: den },
    body: { expiresInHours: 24, usesMax: 3 },
  }),
  'invitations.revoke': ({ den, invitation }) => ({
    params: { conversationId: den, invitationId: invitation },
  }),
  'invitations.preview': ({ code }) => ({ body: { code } }),
  'invitations.accept': ({ bob, code }) => ({ by: bob, body: { code } }),
  'members.remove': ({ group, bob }) => ({ params: { conversationId: group, userId: bob.id } }),
};

/** Everything that the database holds, once nothing is written in the background. */
export async function everythingStored(world: World): Promise<string> {
  const { db } = world.backend.core;
  await settled(world.backend);
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
    await Promise.all(collections.map((name) => db.connection.collection(name).find().toArray())),
  );
}
