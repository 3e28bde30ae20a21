import type { Core } from '../core.ts';
import { nameKeys } from './name-keys.ts';

/** For the live check while typing. Registration decides again, at the database. */
export async function isNameAvailable(core: Core, name: string): Promise<boolean> {
  return !(await core.db.users.isNameTaken(nameKeys(name)));
}
