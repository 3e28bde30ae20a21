import { type Account, ConfabError, type RegisterInput, searchKey } from '@confab/contract';
import { DuplicateKeyError } from '@confab/db';
import type { Core } from '../core.ts';
import { nameKeys } from './name-keys.ts';
import { type Origin, type SignedIn, startSession } from './start-session.ts';
import { toAccount } from './views.ts';

/**
 * Makes an account and signs it in. The unique indexes decide who gets a name or an email address, so of two
 * concurrent registrations one wins.
 * @throws ConfabError NAME_TAKEN, EMAIL_TAKEN, RATE_LIMITED
 */
export async function register(
  core: Core,
  input: RegisterInput,
  origin: Origin,
): Promise<SignedIn & { account: Account }> {
  await core.limits.registrations.consume(origin.address);
  // Refused before hashing: hashing is what registrations cost.
  if (await core.db.users.isNameTaken(nameKeys(input.name))) throw nameTaken();
  const passwordHash = await core.passwords.hash(input.password);
  const user = await insertUser(core, input, passwordHash);
  core.log.info('user.registered', { userId: user.id, address: origin.address });
  const { token } = await startSession(core, user.id, origin);
  return { token, account: toAccount(user) };
}

async function insertUser(core: Core, { name, email }: RegisterInput, passwordHash: string) {
  try {
    return await core.db.users.insert({
      name,
      nameKeys: nameKeys(name),
      searchKey: searchKey(name),
      email,
      passwordHash,
      role: 'user',
      createdAt: core.now(),
    });
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    throw error.index === 'users_email' ? new ConfabError('EMAIL_TAKEN', { field: 'email' }) : nameTaken();
  }
}

function nameTaken(): ConfabError {
  return new ConfabError('NAME_TAKEN', { field: 'name' });
}
