import { type Conversation, type MessageEntry, newClientId } from '@confab/contract';
import { markAllRead } from './chat.ts';
import type { Person } from './people.ts';

type Api = Person['api'];

/** The newest messages of a conversation, the newest first. */
async function newest(api: Api, conversationId: string): Promise<readonly MessageEntry[]> {
  const { entries } = await api.messages.page.query({ conversationId });
  return entries.filter((entry) => entry.kind === 'message').reverse();
}

async function react(
  api: Api,
  conversationId: string,
  { id: messageId }: MessageEntry,
  emoji: string,
): Promise<void> {
  await api.messages.react.mutate({ conversationId, messageId, clientId: newClientId(), emoji, on: true });
}

/** What people did with the messages of one conversation after they were sent. */
async function liveOn(id: string, { ada, bob, cleo }: Record<'ada' | 'bob' | 'cleo', Api>): Promise<void> {
  const { id: adaId } = await ada.auth.me.query();
  const messages = await newest(ada, id);
  const own = messages.find(({ senderId }) => senderId === adaId);
  const [first, second] = messages.filter(({ senderId }) => senderId !== adaId);
  if (!own || !first || !second) throw new Error('the demo has too little talk here');
  const change = () => ({ conversationId: id, messageId: own.id, clientId: newClientId() });
  await ada.messages.edit.mutate({ ...change(), text: `${own.text} Or so I think.` });
  await ada.messages.edit.mutate({ ...change(), text: `${own.text} Now I know.` });
  for (const api of [bob, cleo]) await react(api, id, own, '🎉');
  await react(bob, id, own, '🌊');
  for (const api of [ada, bob]) await react(api, id, first, '👍');
  await react(ada, id, second, '❤️');
  const slip = await cleo.messages.send.mutate({
    conversationId: id,
    clientId: newClientId(),
    text: 'Wrong window.',
  });
  const gone = { conversationId: id, messageId: slip.entry.kind === 'void' ? '' : slip.entry.id };
  await cleo.messages.delete.mutate({ ...gone, clientId: newClientId() });
  await ada.messages.send.mutate({
    conversationId: id,
    clientId: newClientId(),
    text: 'Back to the pier, then.',
  });
}

/** What the pages under test are about. */
export interface Scene {
  /** Of ada. */
  readonly conversations: readonly Conversation[];
  /** Of an invitation into a private room of ada's. */
  readonly code: string;
}

/** Rooms in every state that a member meets: of ada's own, one that mutes her, one that slows her down. */
async function addRooms({ ada, bob, cleo }: Record<'ada' | 'bob' | 'cleo', Api>): Promise<string> {
  const adaId = (await ada.auth.me.query()).id;
  const room = (api: Api, name: string, topic: string, visibility: 'public' | 'private') =>
    api.rooms.create.mutate({ clientId: newClientId(), name, topic, visibility });
  const say = (api: Api, conversationId: string, text: string) =>
    api.messages.send.mutate({ conversationId, clientId: newClientId(), text });

  const chart = await room(ada, 'Chart room', 'Soundings that are not published yet', 'private');
  for (const api of [bob, cleo]) {
    await ada.members.add.mutate({ conversationId: chart.id, userId: (await api.auth.me.query()).id });
  }
  const [bobId, cleoId] = [(await bob.auth.me.query()).id, (await cleo.auth.me.query()).id];
  await ada.members.setRole.mutate({ conversationId: chart.id, userId: cleoId, role: 'moderator' });
  await ada.members.silence.mutate({ conversationId: chart.id, userId: bobId, minutes: 1_440 });
  const slow = { clientId: newClientId(), slowModeSeconds: 30 } as const;
  await ada.conversations.update.mutate({ conversationId: chart.id, ...slow });
  await say(cleo, chart.id, 'The north basin is half a metre deeper than in the book.');
  const invite = (usesMax: number | null) =>
    ada.invitations.create.mutate({ conversationId: chart.id, clientId: newClientId(), usesMax });
  await invite(10);
  const { code } = await invite(null);

  const quay = await room(bob, 'Quay radio', 'Short calls only', 'public');
  await ada.rooms.join.mutate({ conversationId: quay.id });
  await say(ada, quay.id, 'Testing, testing, testing.');
  await bob.members.silence.mutate({ conversationId: quay.id, userId: adaId, minutes: 60 });

  const tide = await room(cleo, 'Tide questions', 'One question at a time', 'public');
  await ada.rooms.join.mutate({ conversationId: tide.id });
  const hour = { clientId: newClientId(), slowModeSeconds: 3_600 } as const;
  await cleo.conversations.update.mutate({ conversationId: tide.id, ...hour });
  await say(ada, tide.id, 'Why is the second high water lower?');
  return code;
}

/** Somebody whom ada blocked after a short talk. */
async function addBlocked({ ada, noor }: Record<'ada' | 'noor', Api>): Promise<void> {
  const { id: userId } = await noor.auth.me.query();
  const { id: conversationId } = await ada.conversations.openDirect.mutate({ userId });
  await noor.messages.send.mutate({ conversationId, clientId: newClientId(), text: 'Are you there?' });
  await ada.users.block.mutate({ userId });
}

/**
 * A morning on top of the demo's weeks: ada has read almost everything, and a group has edited, deleted and reacted.
 */
export async function addMorning(people: Record<'ada' | 'bob' | 'cleo' | 'noor', Api>): Promise<Scene> {
  const { ada, bob } = people;
  const { conversations } = await ada.conversations.list.query({});
  for (const { id } of conversations) await markAllRead({ api: ada }, id);
  const pier = conversations.find(({ name }) => name === 'Pier 7 rollout');
  const square = conversations.find(({ name }) => name === 'Harbour square');
  if (!pier || !square) throw new Error('the demo lacks a conversation');
  await liveOn(pier.id, people);
  await markAllRead({ api: bob }, pier.id);
  for (const text of ['The 12:10 is cancelled.', 'Take the 12:40, it stops at both piers.']) {
    await bob.messages.send.mutate({ conversationId: square.id, clientId: newClientId(), text });
  }
  await addBlocked(people);
  const code = await addRooms(people);
  const held = (await ada.conversations.list.query({})).conversations;
  const set = (called: string, change: { pinned?: boolean; muted?: boolean }) => {
    const found = held.find(({ name }) => name === called);
    return found && ada.conversations.setPreferences.mutate({ conversationId: found.id, ...change });
  };
  await set('Pier 7 rollout', { pinned: true });
  await set('Harbour square', { muted: true });
  return { conversations: (await ada.conversations.list.query({})).conversations, code };
}
