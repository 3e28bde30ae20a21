import {
  ConfabError,
  type Conversation,
  type CreateGroupByNamesInput,
  foldName,
  idSchema,
} from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { createGroup } from './create-group.ts';

/**
 * A group of people who are given by name or id.
 * @throws ConfabError NOT_FOUND (one of the users), YOURSELF (nobody else), BLOCKED (by one of them),
 * NOT_ADDABLE (one of them), CLIENT_ID_REUSED, RATE_LIMITED
 */
export async function createGroupByNames(
  core: Core,
  actor: Actor,
  { clientId, name, users }: CreateGroupByNamesInput,
): Promise<Conversation> {
  // Looking names up is a search, and limited as one.
  await core.limits.userSearches.consume(actor.userId);
  const ids = new Set(await findUsers(core, users));
  ids.delete(actor.userId);
  if (ids.size === 0) {
    throw new ConfabError('YOURSELF', { field: 'users' });
  }
  return createGroup(core, actor, { clientId, name, userIds: [...ids] });
}

async function findUsers(core: Core, users: readonly string[]): Promise<string[]> {
  const isId = (user: string) => idSchema.safeParse(user).success;
  const [idsByName, found] = await Promise.all([
    core.db.users.idsByNames(users.filter((user) => !isId(user)).map(foldName)),
    core.db.users.findByIds(users.filter(isId)),
  ]);
  const known = new Set(found.map(({ id }) => id));
  return users.map((user) => {
    const id = isId(user) ? user : idsByName.get(foldName(user));
    if (id !== undefined && (known.has(id) || !isId(user))) return id;
    throw new ConfabError('NOT_FOUND', { message: `There is nobody called ${user}.`, field: 'users' });
  });
}
