import { ConfabError, type Conversation, type CreateGroupInput } from '@confab/contract';
import { requireNoBlocker } from '../blocks/require-no-blocker.ts';
import type { Actor, Core } from '../core.ts';
import { bodyHash } from '../hash.ts';
import { requireAddable } from '../members/require-addable.ts';
import { createdConversationId } from './conversation-ids.ts';
import { createConversation } from './create-conversation.ts';

/**
 * @throws ConfabError NOT_FOUND (one of the users), BLOCKED (by one of them), NOT_ADDABLE (one of them),
 * CLIENT_ID_REUSED, RATE_LIMITED
 */
export async function createGroup(core: Core, actor: Actor, input: CreateGroupInput): Promise<Conversation> {
  await core.limits.creations.consume(actor.userId);
  const others = [...new Set(input.userIds)].filter((id) => id !== actor.userId).sort();
  if (others.length === 0) {
    throw new ConfabError('BAD_INPUT', { message: 'Choose at least one person.', field: 'userIds' });
  }
  const found = await core.db.users.findByIds(others);
  if (found.length < others.length) throw new ConfabError('NOT_FOUND', { field: 'userIds' });
  const id = createdConversationId(actor.userId, input.clientId);
  await requireNoBlocker(core, actor, {
    userIds: others,
    conversationId: id,
    message: 'You cannot bring one of these people into a group.',
    field: 'userIds',
  });
  await requireAddable(core, actor, {
    users: found,
    conversationId: id,
    message: 'One of these people can be added only by people to whom they have written.',
    field: 'userIds',
  });
  return createConversation(core, actor, {
    id,
    kind: 'group',
    name: input.name,
    topic: '',
    visibility: 'private',
    pair: null,
    bodyHash: bodyHash('group', input.name, others),
    memberIds: [actor.userId, ...others],
  });
}
