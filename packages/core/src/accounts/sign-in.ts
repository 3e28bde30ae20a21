import { type Account, ConfabError, foldName, type SignInInput } from '@confab/contract';
import type { Core } from '../core.ts';
import { type Origin, type SignedIn, startSession } from './start-session.ts';
import { toAccount } from './views.ts';

type Credentials = NonNullable<Awaited<ReturnType<Core['db']['users']['findCredentials']>>>;

/**
 * Signs in by name or email address. An unknown user and a wrong password get the same answer after the same work.
 * Failures are limited per account and per address; a right password gives its point back.
 * @throws ConfabError SIGN_IN_FAILED, RATE_LIMITED
 */
export async function signIn(
  core: Core,
  { login, password }: SignInInput,
  origin: Origin,
): Promise<SignedIn & { account: Account }> {
  const by = login.includes('@')
    ? { email: login.trim().toLowerCase() }
    : { nameKey: foldName(login.trim()) };
  const accountKey = 'email' in by ? by.email : by.nameKey;
  // Taken before the password is looked at: attempts side by side must not all pass the same check.
  await core.limits.signInsPerAddress.consume(origin.address);
  await core.limits.signInsPerAccount.consume(accountKey);

  const found = await core.db.users.findCredentials(by);
  const matches = await core.passwords.verify(found?.passwordHash ?? null, password);
  if (!found || !matches) {
    core.log.warn('user.signInFailed', { userId: found?.user.id ?? null, address: origin.address });
    throw new ConfabError('SIGN_IN_FAILED');
  }

  await Promise.all([
    core.limits.signInsPerAddress.refund(origin.address),
    core.limits.signInsPerAccount.refund(accountKey),
  ]);
  const { token } = await startUnderPassword(core, found, origin);
  core.log.info('user.signedIn', { userId: found.user.id, address: origin.address });
  return { token, account: toAccount(found.user) };
}

/**
 * A session that stands only if the password is still the one that was checked: a change of it meanwhile ends all
 * sessions that it finds, and might not have found this one.
 */
async function startUnderPassword(
  core: Core,
  { user, passwordHash }: Credentials,
  origin: Origin,
): Promise<SignedIn> {
  const { token, sessionId } = await startSession(core, user.id, origin);
  if ((await core.db.users.findPasswordHash(user.id)) === passwordHash) return { token };
  await core.sessions.revoke(sessionId);
  throw new ConfabError('SIGN_IN_FAILED');
}
