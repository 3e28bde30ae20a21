import { ConfabError, type Conversation, type CreateGroupInput } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { bodyHash } from '../hash.ts';
import { createdConversationId } from './conversation-ids.ts';
import { createConversation } from './create-conversation.ts';

/** @throws ConfabError NOT_FOUND (one of the users), CLIENT_ID_REUSED, RATE_LIMITED */
export async function createGroup(core: Core, actor: Actor, input: CreateGroupInput): Promise<Conversation> {
  await core.limits.creations.consume(actor.userId);
  const others = [...new Set(input.userIds)].filter((id) => id !== actor.userId).sort();
  if (others.length === 0) {
    throw new ConfabError('BAD_INPUT', { message: 'Choose at least one person.', field: 'userIds' });
  }
  const found = await core.db.users.findByIds(others);
  if (found.length < others.length) throw new ConfabError('NOT_FOUND', { field: 'userIds' });
  return createConversation(core, actor, {
    id: createdConversationId(actor.userId, input.clientId),
    kind: 'group',
    name: input.name,
    topic: '',
    visibility: 'private',
    pair: null,
    bodyHash: bodyHash('group', input.name, others),
    memberIds: [actor.userId, ...others],
  });
}
