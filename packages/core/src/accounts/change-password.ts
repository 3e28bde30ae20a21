import { type ChangePasswordInput, ConfabError } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { endOtherSessions } from './end-sessions.ts';

/**
 * Gives the actor another password and ends all their other sessions. Wrong guesses are limited as at the sign-in.
 * The new password comes first: a sign-in under way with the old one finds it, and ends the session that it made.
 * @throws ConfabError WRONG_PASSWORD, RATE_LIMITED, UNAVAILABLE
 */
export async function changePassword(core: Core, actor: Actor, input: ChangePasswordInput): Promise<void> {
  const { userId } = actor;
  await core.limits.passwordChecks.consume(userId);
  const from = await core.db.users.findPasswordHash(userId);
  if (from === null || !(await core.passwords.verify(from, input.current))) {
    core.log.warn('user.passwordRefused', { userId });
    throw new ConfabError('WRONG_PASSWORD', { field: 'current' });
  }
  await core.limits.passwordChecks.refund(userId);
  const to = await core.passwords.hash(input.next);
  // Of two changes at once the second one no longer gives the password that is current.
  if (!(await core.db.users.replacePasswordHash(userId, { from, to }))) {
    throw new ConfabError('WRONG_PASSWORD', { field: 'current' });
  }
  core.log.info('user.passwordChanged', { userId });
  await endOtherSessions(core, actor);
}
