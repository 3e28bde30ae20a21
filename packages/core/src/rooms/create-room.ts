import { type Conversation, type CreateRoomInput, searchKey } from '@confab/contract';
import { createConversation } from '../conversations/create-conversation.ts';
import { createdConversationId } from '../conversations/conversation-ids.ts';
import type { Actor, Core } from '../core.ts';
import { bodyHash } from '../hash.ts';

/** A room: public ones are listed and open to everybody. @throws ConfabError CLIENT_ID_REUSED, RATE_LIMITED */
export async function createRoom(core: Core, actor: Actor, input: CreateRoomInput): Promise<Conversation> {
  await core.limits.creations.consume(actor.userId);
  return createConversation(core, actor, {
    id: createdConversationId(actor.userId, input.clientId),
    kind: 'room',
    name: input.name,
    topic: input.topic,
    visibility: input.visibility,
    searchKey: searchKey(input.name),
    pair: null,
    bodyHash: bodyHash(
      'room',
      input.name,
      input.topic,
      ...(input.visibility === 'private' ? ['private'] : []),
    ),
    memberIds: [actor.userId],
  });
}
