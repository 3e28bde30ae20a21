import { ConfabError, limits, type Profile } from '@confab/contract';
import { toUser } from '../accounts/views.ts';
import type { Actor, Core } from '../core.ts';

/**
 * A person's card. What both are in is found among the actor's own conversations, by ids alone; of one's own card it
 * is nothing.
 * @throws ConfabError NOT_FOUND, RATE_LIMITED
 */
export async function getProfile(core: Core, actor: Actor, userId: string): Promise<Profile> {
  await core.limits.userSearches.consume(actor.userId);
  const [user, blocks, shared] = await Promise.all([
    core.db.users.findById(userId),
    core.db.blocks.among([actor.userId, userId]),
    sharedWith(core, actor, userId),
  ]);
  if (!user) throw new ConfabError('NOT_FOUND', { field: 'userId' });
  return {
    user: toUser(user),
    createdAt: user.createdAt.toISOString(),
    blocked: blocks.some((block) => block.userId === actor.userId && block.blockedId === userId),
    shared,
  };
}

async function sharedWith(core: Core, actor: Actor, userId: string): Promise<Profile['shared']> {
  if (userId === actor.userId) return [];
  const { memberships, conversations } = core.db;
  const common = await memberships.joinedAmong(userId, await memberships.joinedBy(actor.userId));
  const found = await conversations.findByIds([...common]);
  const named = found.flatMap(({ id, kind, name, lastActivityAt }) =>
    kind === 'direct' ? [] : [{ id, kind, name: name ?? '', at: lastActivityAt.getTime() }],
  );
  return named
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .slice(0, limits.sharedConversationsShown)
    .map(({ id, kind, name }) => ({ id, kind, name }));
}
