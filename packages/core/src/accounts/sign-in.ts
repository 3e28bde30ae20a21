import { knownDevice, type KnownDevice } from '@confab/auth';
import { type Account, ConfabError, foldName, limits, type SignInInput } from '@confab/contract';
import type { Credentials } from '@confab/db';
import { addressKey } from '../address-key.ts';
import type { Core } from '../core.ts';
import { signInBudgets } from './sign-in-budgets.ts';
import { type Entrant, type SignedIn, startSession } from './start-session.ts';
import { giveBack, takeAll } from './take-all.ts';
import { toAccount } from './views.ts';

const dayMs = 86_400_000;

/**
 * Signs in by name or email address. An unknown user and a wrong password get the same answer after the same work.
 * Failures are limited by account and address, except in a browser that the account knows; a right password gives its
 * points back, but not those for the work.
 * @throws ConfabError SIGN_IN_FAILED, RATE_LIMITED, UNAVAILABLE (too many passwords wait to be checked)
 */
export async function signIn(
  core: Core,
  { login, password }: SignInInput,
  entrant: Entrant,
): Promise<SignedIn & { account: Account }> {
  const { by, folded } = readLogin(login);
  const address = addressKey(entrant.address);
  const found = await core.db.users.findCredentials(by);
  const known = found && deviceOf(core, found, entrant);
  const account = found ? `user ${found.user.id}` : `nobody ${folded}`;
  const { failures, work } = signInBudgets(core, { address, account, device: known?.hash ?? null });
  // Taken before the password is looked at: attempts side by side must not all pass the same check.
  await takeAll([...failures, ...work]);
  const place = { purpose: known ? ('knownDevice' as const) : ('signIn' as const), line: address };
  const matches = await core.passwords.verify(found?.passwordHash ?? null, password, place);
  if (!found || !matches) {
    core.log.warn('user.signInFailed', { userId: found?.user.id ?? null, address: entrant.address });
    throw new ConfabError('SIGN_IN_FAILED');
  }
  await giveBack(failures);
  const signedIn = await startUnderPassword(core, found, { ...entrant, known });
  core.log.info('user.signedIn', { userId: found.user.id, address: entrant.address });
  return { ...signedIn, account: toAccount(found.user) };
}

function readLogin(login: string) {
  const isEmail = login.includes('@');
  const folded = isEmail ? login.trim().toLowerCase() : foldName(login.trim());
  return { folded, by: isEmail ? { email: folded } : { nameKey: folded } };
}

/** Whether somebody signed in to this account in this browser, not too long ago. */
function deviceOf(core: Core, { user, devices }: Credentials, { carried }: Entrant): KnownDevice | null {
  const first = new Date(core.now().getTime() - limits.deviceLifeDays * dayMs);
  const living = devices.filter(({ since }) => since > first).map(({ hash }) => hash);
  return knownDevice(user.id, carried?.devices ?? [], living);
}

/**
 * A session that stands only if the password is still the one that was checked: a change of it meanwhile ends all
 * sessions that it finds, and might not have found this one.
 */
async function startUnderPassword(
  core: Core,
  { user, passwordHash }: Credentials,
  entrant: Parameters<typeof startSession>[2],
): Promise<SignedIn> {
  const { sessionId, ...signedIn } = await startSession(core, user.id, entrant);
  if ((await core.db.users.findPasswordHash(user.id)) === passwordHash) return signedIn;
  await core.sessions.revoke(sessionId);
  throw new ConfabError('SIGN_IN_FAILED');
}
