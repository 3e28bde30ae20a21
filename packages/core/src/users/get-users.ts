import type { User } from '@confab/contract';
import { toUser } from '../accounts/views.ts';
import type { Core } from '../core.ts';

/** In no particular order; ids of nobody are left out. */
export async function getUsers(core: Core, ids: readonly string[]): Promise<User[]> {
  return (await core.db.users.findByIds(ids)).map(toUser);
}
