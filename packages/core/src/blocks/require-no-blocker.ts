import { ConfabError } from '@confab/contract';
import type { Actor, Core } from '../core.ts';

interface Gathering {
  /** Whom the actor wants to bring together. */
  readonly userIds: readonly string[];
  /** What is to be made of them: once it is there, a retry finds it, and what was written stays open. */
  readonly conversationId?: string;
  readonly message: string;
  /** Of the input. */
  readonly field: string;
}

/** Refuses to bring people together of whom somebody blocked the actor. @throws ConfabError BLOCKED */
export async function requireNoBlocker(core: Core, actor: Actor, gathering: Gathering): Promise<void> {
  const { userIds, conversationId, message, field } = gathering;
  const blockers = await core.db.blocks.blockersOf(actor.userId, userIds);
  if (blockers.length === 0) return;
  if (conversationId !== undefined && (await core.db.conversations.findById(conversationId))) return;
  throw new ConfabError('BLOCKED', { message, field });
}
