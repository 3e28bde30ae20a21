import { hashDevice } from '@confab/auth';
import { type ChangePasswordInput, ConfabError } from '@confab/contract';
import { addressKey } from '../address-key.ts';
import type { Actor, Core } from '../core.ts';
import { endAllButOwn } from './end-sessions.ts';
import { requireUncommonPassword } from './require-uncommon-password.ts';
import type { Entrant } from './start-session.ts';
import { takeAll } from './take-all.ts';

/** Of the present password and of the next one. */
const hashesOfChange = 2;

/**
 * Gives the actor another password, ends all their other sessions, and forgets every other browser in which they signed
 * in. Wrong guesses are limited as at the sign-in, and so is the work, right or wrong. The new password comes first: a
 * sign-in under way with the old one finds it, and ends the session that it made.
 * @throws ConfabError WRONG_PASSWORD, COMMON_PASSWORD, RATE_LIMITED, UNAVAILABLE
 */
export async function changePassword(
  core: Core,
  actor: Actor,
  { current, next, entrant }: ChangePasswordInput & { readonly entrant: Entrant },
): Promise<void> {
  const { userId } = actor;
  const { limits } = core;
  const address = addressKey(entrant.address);
  await takeAll([
    { limiter: limits.passwordChecks, key: userId },
    // Apart from what strangers' guesses at this account cost.
    { limiter: limits.hashesPerAccount, key: `own ${userId}`, points: hashesOfChange },
    { limiter: limits.hashesPerAddress, key: address, points: hashesOfChange },
  ]);
  const place = { purpose: 'change' as const, line: address };
  const [from, user] = await Promise.all([
    core.db.users.findPasswordHash(userId),
    core.db.users.findById(userId),
  ]);
  if (!user || from === null || !(await core.passwords.verify(from, current, place))) {
    core.log.warn('user.passwordRefused', { userId });
    throw new ConfabError('WRONG_PASSWORD', { field: 'current' });
  }
  await limits.passwordChecks.refund(userId);
  await requireUncommonPassword({ password: next, name: user.name, email: user.email, field: 'next' });
  const to = await core.passwords.hash(next, place);
  const keptDevices = (entrant.carried?.devices ?? []).map((token) => hashDevice(userId, token));
  // Of two changes at once the second one no longer gives the password that is current.
  if (!(await core.db.users.replacePasswordHash(userId, { from, to, keptDevices }))) {
    throw new ConfabError('WRONG_PASSWORD', { field: 'current' });
  }
  core.log.info('user.passwordChanged', { userId });
  await endAllButOwn(core, actor);
}
