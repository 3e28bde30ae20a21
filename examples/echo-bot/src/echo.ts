import { clientIdFrom, ConfabError, type Confab, type Conversation, type MessageEntry } from '@confab/client';
import type { Places } from './places.ts';

const prefix = 'echo: ';

/** Answers what others write in a conversation, over restarts, until the bot is no longer in it. */
export async function echo(confab: Confab, conversation: Conversation, places: Places): Promise<void> {
  const { id } = conversation;
  const from = places.get(id) ?? (await firstRev(confab, conversation, places.since));
  places.set(id, from);
  process.stdout.write(`listens in ${conversation.name ?? id}\n`);
  for await (const message of confab.messages(id, { from })) {
    // Two bots that answer each other would never end.
    const isEcho = message.senderId === confab.account.id || message.text.startsWith(prefix);
    if (!isEcho && !(await answer(confab, id, message))) return;
    places.set(id, message.rev + 1);
  }
}

/** Resolves to whether the message is done with. */
async function answer(confab: Confab, conversationId: string, { id, text }: MessageEntry): Promise<boolean> {
  try {
    // Its client id comes from the message: sent again, by whichever process, it is the same answer.
    await confab.send(conversationId, prefix + text, { clientId: clientIdFrom(prefix, id) });
    return true;
  } catch (error) {
    if (!(error instanceof ConfabError) || error.code === 'UNAUTHENTICATED') throw error;
    // Closed meanwhile: the next start answers.
    if (error.code === 'UNAVAILABLE') return false;
    process.stderr.write(`${id}: ${error.message}\n`);
    return true;
  }
}

/** Where the bot begins: what was written before its first start, or in a room before it came, is not for it. */
async function firstRev({ api }: Confab, conversation: Conversation, since: string): Promise<number> {
  const { id, kind, from, createdAt } = conversation;
  if (kind !== 'room' && createdAt >= since) return from;
  const { cursor } = await api.messages.page.query({ conversationId: id, limit: 1 });
  return cursor + 1;
}
