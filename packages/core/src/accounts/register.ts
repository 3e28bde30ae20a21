import { type Account, ConfabError, type RegisterInput, searchKey } from '@confab/contract';
import { DuplicateKeyError } from '@confab/db';
import { addressKey } from '../address-key.ts';
import type { Core } from '../core.ts';
import { nameKeys } from './name-keys.ts';
import { requireUncommonPassword } from './require-uncommon-password.ts';
import { isReserved } from './reserved-names.ts';
import { type Entrant, type SignedIn, startSession } from './start-session.ts';
import { takeAll } from './take-all.ts';
import { toAccount } from './views.ts';

/**
 * Makes an account and signs it in. The unique indexes decide who gets a name or an email address, so of two
 * concurrent registrations one wins.
 * @throws ConfabError NAME_TAKEN, EMAIL_TAKEN, COMMON_PASSWORD, RATE_LIMITED, UNAVAILABLE (too many passwords wait)
 */
export async function register(
  core: Core,
  input: RegisterInput,
  entrant: Entrant,
): Promise<SignedIn & { account: Account }> {
  const address = addressKey(entrant.address);
  const { limits } = core;
  // Whoever has been told of enough email addresses is told nothing more, of free ones neither.
  await limits.takenEmails.peek(address);
  await limits.registrations.consume(address);
  await requireUncommonPassword({ ...input, field: 'password' });
  // Refused before hashing: hashing is what registrations cost.
  const keys = nameKeys(input.name);
  if (isReserved(keys) || (await core.db.users.isNameTaken(keys))) throw nameTaken();
  await takeAll([{ limiter: limits.hashesPerAddress, key: address }]);
  const place = { purpose: 'registration' as const, line: address };
  const passwordHash = await core.passwords.hash(input.password, place);
  const user = await core.registering.run(address, () =>
    insertUser(core, { ...input, passwordHash, address }),
  );
  core.log.info('user.registered', { userId: user.id, address: entrant.address });
  const { token, devices } = await startSession(core, user.id, entrant);
  return { token, devices, account: toAccount(user) };
}

/**
 * That an email address has an account is told by its index alone, and paid for before that is asked. One registration
 * of an address after the other, because those that win have their point back.
 */
async function insertUser(
  core: Core,
  { name, email, passwordHash, address }: RegisterInput & { passwordHash: string; address: string },
) {
  const { takenEmails } = core.limits;
  await takenEmails.consume(address);
  try {
    const user = await core.db.users.insert({
      name,
      nameKeys: nameKeys(name),
      searchKey: searchKey(name),
      email,
      passwordHash,
      role: 'user',
      createdAt: core.now(),
    });
    await takenEmails.refund(address);
    return user;
  } catch (error) {
    if (error instanceof DuplicateKeyError && error.index === 'users_email') {
      throw new ConfabError('EMAIL_TAKEN', { field: 'email' });
    }
    await takenEmails.refund(address);
    throw error instanceof DuplicateKeyError ? nameTaken() : error;
  }
}

function nameTaken(): ConfabError {
  return new ConfabError('NAME_TAKEN', { field: 'name' });
}
