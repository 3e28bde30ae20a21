import { ConfabError, limits } from '@confab/contract';
import type { Actor, Core } from '../core.ts';

/**
 * Keeps somebody from writing to the actor directly. What has been written stays, and groups are not touched.
 * @throws ConfabError NOT_FOUND (no such user), YOURSELF, FORBIDDEN (too many), RATE_LIMITED
 */
export async function blockUser(core: Core, actor: Actor, userId: string): Promise<void> {
  await core.limits.settings.consume(actor.userId);
  if (userId === actor.userId) {
    throw new ConfabError('YOURSELF', { field: 'userId' });
  }
  const [user, isFull] = await Promise.all([
    core.db.users.findById(userId),
    core.db.blocks.isFull(actor.userId, limits.blocksMax),
  ]);
  if (!user) throw new ConfabError('NOT_FOUND', { field: 'userId' });
  if (isFull) {
    throw new ConfabError('FORBIDDEN', {
      message: `You can block at most ${String(limits.blocksMax)} people.`,
    });
  }
  if (!(await core.db.blocks.add(actor.userId, userId, core.now()))) return;
  core.log.info('user.blocked', { userId: actor.userId, blockedId: userId });
  await core.announce.toUser(actor.userId, { type: 'block.changed', userId, blocked: true });
}

/** Lets somebody write again. @throws ConfabError RATE_LIMITED */
export async function unblockUser(core: Core, actor: Actor, userId: string): Promise<void> {
  await core.limits.settings.consume(actor.userId);
  if (!(await core.db.blocks.remove(actor.userId, userId))) return;
  core.log.info('user.unblocked', { userId: actor.userId, blockedId: userId });
  await core.announce.toUser(actor.userId, { type: 'block.changed', userId, blocked: false });
}
