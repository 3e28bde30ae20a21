import { type Account, ConfabError, type UpdateAccountInput } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { toAccount } from './views.ts';

/** Changes what the actor has chosen about themselves. @throws ConfabError RATE_LIMITED */
export async function updateAccount(
  core: Core,
  actor: Actor,
  { addableBy }: UpdateAccountInput,
): Promise<Account> {
  await core.limits.settings.consume(actor.userId);
  const user = await core.db.users.setAddableBy(actor.userId, addableBy);
  if (!user) throw new ConfabError('UNAUTHENTICATED');
  core.log.info('user.updated', { userId: actor.userId, addableBy });
  return toAccount(user);
}
