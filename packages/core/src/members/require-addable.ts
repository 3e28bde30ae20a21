import { ConfabError } from '@confab/contract';
import type { UserRecord } from '@confab/db';
import { directConversationId } from '../conversations/conversation-ids.ts';
import type { Actor, Core } from '../core.ts';

interface Addition {
  readonly users: readonly UserRecord[];
  /** What is to be made of them: once it is there, a retry finds it. */
  readonly conversationId?: string;
  /** For people; by default the code's own sentence. */
  readonly message?: string;
  /** Of the input. */
  readonly field: string;
}

/**
 * Refuses to bring in who lets only people add them to whom they have written: privately, and they themselves, because
 * a stranger can open a conversation with them and write there, too. @throws ConfabError NOT_ADDABLE
 */
export async function requireAddable(core: Core, actor: Actor, addition: Addition): Promise<void> {
  const { users, conversationId, message, field } = addition;
  const choosy = users.filter(({ addableBy }) => addableBy === 'contacts');
  const contacts = await Promise.all(
    choosy.map(({ id }) => core.db.timeline.hasMessageOf(directConversationId(actor.userId, id), id)),
  );
  if (contacts.every(Boolean)) return;
  if (conversationId !== undefined && (await core.db.conversations.findById(conversationId))) return;
  throw new ConfabError('NOT_ADDABLE', { field, ...(message !== undefined && { message }) });
}
