import { newClientId } from '@confab/contract';
import type { Account } from '../send/crowd.ts';
import type { Message } from './attempts.ts';
import { createAccounts, createRoom, type World } from './world.ts';

/** Somebody with one message to send: nobody's limit touches another's. */
export interface Sender {
  readonly account: Account;
  readonly message: Message;
}

const perRoom = 100;

/** So many people in rooms of a hundred; the first one of each reads its whole log. */
export async function sendersOf(
  world: World,
  count: number,
): Promise<{ senders: Sender[]; rooms: { conversationId: string; reader: Account }[] }> {
  const accounts = await createAccounts(world, 'sender', count);
  const senders: Sender[] = [];
  const rooms: { conversationId: string; reader: Account }[] = [];
  for (let i = 0; i < count; i += perRoom) {
    const members = accounts.slice(i, i + perRoom);
    const conversationId = await createRoom(members);
    const [reader] = members;
    if (reader) rooms.push({ conversationId, reader });
    senders.push(
      ...members.map((account) => ({
        account,
        message: { conversationId, clientId: newClientId(), text: 'once and for all' },
      })),
    );
  }
  return { senders, rooms };
}
