import type { Core } from '../core.ts';
import { nameKeys } from './name-keys.ts';
import { isReserved } from './reserved-names.ts';

/** For the live check while typing. Registration decides again, at the database. */
export async function isNameAvailable(core: Core, name: string): Promise<boolean> {
  const keys = nameKeys(name);
  return !isReserved(keys) && !(await core.db.users.isNameTaken(keys));
}
