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

/**
 * A morning on top of the demo's weeks: ada has read almost everything, and a group has edited, deleted and reacted.
 * @returns ada's conversations
 */
export async function addMorning(
  people: Record<'ada' | 'bob' | 'cleo', Api>,
): Promise<readonly Conversation[]> {
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
  return (await ada.conversations.list.query({})).conversations;
}
