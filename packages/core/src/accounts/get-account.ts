import { type Account, ConfabError } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { toAccount } from './views.ts';

export async function getAccount(core: Core, actor: Actor): Promise<Account> {
  const user = await core.db.users.findById(actor.userId);
  if (!user) throw new ConfabError('UNAUTHENTICATED');
  return toAccount(user);
}
